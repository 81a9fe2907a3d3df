import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import type { Mutant } from "./mutant.ts";

/** Tells mutants that are no change: what runs is the same text as without them, or is no program at all. */
export class Unchanged {
  readonly #root: string;
  readonly #texts = new Map<string, Promise<string | undefined>>();

  constructor(root: string) {
    this.#root = root;
  }

  async is({ file, source }: Mutant): Promise<boolean> {
    const known = this.#texts.get(file) ?? whatRuns(readFileSync(join(this.#root, file), "utf8"));
    this.#texts.set(file, known);
    const text = await whatRuns(source);
    return text === undefined || text === (await known);
  }
}

/** @returns nothing where it does not compile */
const whatRuns = (source: string): Promise<string | undefined> =>
  transform(source, { loader: "ts", minify: true, logLevel: "silent" }).then(
    ({ code }) => code,
    () => undefined,
  );
