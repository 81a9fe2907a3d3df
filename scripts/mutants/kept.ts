import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Survey, Verdict } from "./trial.ts";

/** What came of a mutant, by its key. */
export interface Tried extends Verdict {
  readonly key: string;
}

/** What is known of a build already: a command that was ended goes on where it stopped. */
export class Kept {
  readonly #surveys: string;
  readonly #trials: string;

  /** @param hash of the build: another build has nothing in common with it */
  constructor(root: string, hash: string) {
    const folder = join(root, "out/mutants", hash);
    mkdirSync(folder, { recursive: true });
    this.#surveys = join(folder, "surveys.json");
    this.#trials = join(folder, "trials.ndjson");
  }

  async surveys(make: () => Promise<readonly Survey[]>): Promise<readonly Survey[]> {
    if (!existsSync(this.#surveys)) writeFileSync(this.#surveys, JSON.stringify(await make()));
    return JSON.parse(readFileSync(this.#surveys, "utf8")) as Survey[];
  }

  trials(): Map<string, Tried> {
    if (!existsSync(this.#trials)) return new Map();
    // The last line may have been cut off.
    const lines = readFileSync(this.#trials, "utf8").split("\n").slice(0, -1);
    return new Map(lines.map((line) => JSON.parse(line) as Tried).map((each) => [each.key, each]));
  }

  add(tried: Tried): void {
    appendFileSync(this.#trials, `${JSON.stringify(tried)}\n`);
  }
}
