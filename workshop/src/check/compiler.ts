import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { API, type Diagnostic, type Snapshot } from "typescript/unstable/async";
import { changesBetween, readTree, type Tree } from "../source/tree.ts";

/**
 * The TypeScript compiler on a copy, in a process of its own that stays: the 4,000 files that no learner changes are
 * read and parsed once.
 */
export class Compiler {
  readonly #copy: string;
  readonly #api: API;
  #seen: Tree = new Map();
  #snapshot: Snapshot | undefined;
  /** One question at a time: each begins where the one before ended. */
  #before: Promise<unknown> = Promise.resolve();

  /** @param copy folder of the copy, which has a `tsconfig.json` */
  constructor(copy: string) {
    this.#copy = copy;
    this.#api = new API({ cwd: copy });
  }

  /** The first syntax error, or else the first type error, in `tsc`'s words: `shared/src/x.ts(3,5): error …`. */
  firstError(signal?: AbortSignal): Promise<string | undefined> {
    const asked = this.#before.then(() => (signal?.aborted ? undefined : this.#firstError()));
    this.#before = asked.catch(() => {});
    return asked;
  }

  /** Ends its process. */
  async close(): Promise<void> {
    await this.#before;
    await this.#api.close();
  }

  async #firstError(): Promise<string | undefined> {
    const program = (await this.#update()).getProjects()[0]!.program;
    const [wrong = (await program.getSemanticDiagnostics())[0] ?? (await program.getProgramDiagnostics())[0]] =
      await program.getSyntacticDiagnostics();
    return wrong && this.#inWords(wrong);
  }

  /** @returns the copy as it is now; only what changed in it since the last time is read */
  async #update(): Promise<Snapshot> {
    const now = readTree(this.#copy);
    const before = this.#snapshot;
    this.#snapshot = await this.#api.updateSnapshot(
      before ? { fileChanges: this.#changesTo(now) } : { openProjects: [join(this.#copy, "tsconfig.json")] },
    );
    this.#seen = now;
    await before?.dispose();
    return this.#snapshot;
  }

  #changesTo(now: Tree): Readonly<Record<string, string[]>> {
    const changes = changesBetween(this.#seen, now);
    const inCopy = ([kind, files]: [string, string[]]) => [kind, files.map((file) => join(this.#copy, file))] as const;
    return Object.fromEntries(Object.entries(changes).map(inCopy));
  }

  #inWords({ fileName, pos, code, text }: Diagnostic): string {
    if (fileName === undefined) return `error TS${code}: ${text}`;
    const before = readFileSync(fileName, "utf8").slice(0, pos).split("\n");
    const file = relative(this.#copy, fileName).replaceAll("\\", "/");
    return `${file}(${before.length},${before.at(-1)!.length + 1}): error TS${code}: ${text}`;
  }
}
