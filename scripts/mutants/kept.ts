import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Survey, Verdict } from "./trial.ts";

/** What came of a mutant, by its key. */
export interface Tried extends Verdict {
  readonly key: string;
}

/** What is known of a build already: a command that was ended goes on where it stopped. */
export class Kept {
  readonly #builds: string;
  readonly #surveys: string;
  readonly #trials: string;

  /** @param hash of the build: of another it is known at most what to try first */
  constructor(root: string, hash: string) {
    this.#builds = join(root, "out/mutants");
    const folder = join(this.#builds, hash);
    mkdirSync(folder, { recursive: true });
    this.#surveys = join(folder, "surveys.json");
    this.#trials = trialsIn(folder);
  }

  async surveys(make: () => Promise<readonly Survey[]>): Promise<readonly Survey[]> {
    if (!existsSync(this.#surveys)) writeFileSync(this.#surveys, JSON.stringify(await make()));
    return JSON.parse(readFileSync(this.#surveys, "utf8")) as Survey[];
  }

  trials(): Map<string, Tried> {
    return readTrials(this.#trials);
  }

  /** What killed a mutant in an earlier build, by its key. */
  killers(): Map<string, string> {
    const trials = readdirSync(this.#builds)
      .map((hash) => trialsIn(join(this.#builds, hash)))
      .filter((file) => existsSync(file) && file !== this.#trials)
      .toSorted((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs)
      .flatMap((file) => [...readTrials(file)]);
    return new Map(trials.flatMap(([key, { killedBy }]) => (killedBy === undefined ? [] : [[key, killedBy]])));
  }

  add(tried: Tried): void {
    appendFileSync(this.#trials, `${JSON.stringify(tried)}\n`);
  }
}

const trialsIn = (folder: string): string => join(folder, "trials.ndjson");

function readTrials(file: string): Map<string, Tried> {
  if (!existsSync(file)) return new Map();
  // The last line may have been cut off.
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return new Map(lines.map((line) => JSON.parse(line) as Tried).map((each) => [each.key, each]));
}
