import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Bench, type Limit } from "./bench.ts";
import { buildMutants } from "./build.ts";
import { Coverage } from "./coverage.ts";
import { Kept, type Tried } from "./kept.ts";
import { type Mutant, mutantsOf } from "./mutant.ts";
import { mutatedFiles } from "./mutated.ts";
import type { Survey } from "./trial.ts";

/** Everything that mutants are tried with: one build in which all of them are, and a thread for each core. */
export class Mutants {
  readonly all: readonly Mutant[];
  readonly #module: string;
  readonly #folder: string;
  readonly #benches: readonly Bench[];
  readonly #kept: Kept;
  readonly #coverage: Coverage;

  private constructor(all: readonly Mutant[], coverage: Coverage, opened: Opened) {
    this.all = all;
    this.#coverage = coverage;
    this.#module = opened.module;
    this.#folder = opened.folder;
    this.#benches = opened.benches;
    this.#kept = opened.kept;
  }

  /** @throws Error where the source as it is does not do what it must */
  static async open(root: string): Promise<Mutants> {
    const files = mutatedFiles(root).map((name) => ({ name, content: readFileSync(join(root, name), "utf8") }));
    const { mutants, instrumented } = await mutantsOf(files);
    const folder = mkdtempSync(join(tmpdir(), "mutants-"));
    const benches = Array.from({ length: availableParallelism() }, () => new Bench());
    try {
      const { module, hash, behaviours } = await buildMutants(folder, instrumented);
      const kept = new Kept(root, hash);
      const surveys = await kept.surveys(() => surveyed(benches, module, behaviours));
      for (const { behaviour, part, wrong } of surveys.flatMap(({ parts }) => parts))
        if (wrong.length > 0) throw new Error(`${behaviour}, ${part}: ${wrong[0]}`);
      return new Mutants(mutants, new Coverage(surveys), { module, folder, benches, kept });
    } catch (error) {
      await closed(benches, folder);
      throw error;
    }
  }

  /** @param hear hears of each that was tried now, and not before */
  async try(mutants: readonly Mutant[], hear: (mutant: Mutant, tried: Tried) => void): Promise<Map<string, Tried>> {
    const [before, killers] = [this.#kept.trials(), this.#kept.killers()];
    const tried = new Map<string, Tried>();
    const queue = mutants.values();
    await Promise.all(
      this.#benches.map(async (bench) => {
        for (const mutant of queue) {
          const { key } = mutant;
          const known = before.get(key);
          const each = known ?? { key, ...(await this.#verdictOn(mutant, { bench, killer: killers.get(key) })) };
          tried.set(key, each);
          if (known) continue;
          this.#kept.add(each);
          hear(mutant, each);
        }
      }),
    );
    return tried;
  }

  close = (): Promise<void> => closed(this.#benches, this.#folder);

  /** @param killer the part that killed it in an earlier build, which is tried first */
  async #verdictOn(mutant: Mutant, { bench, killer = "" }: { bench: Bench; killer: string | undefined }) {
    const question = this.#coverage.questionOf(mutant, this.#module);
    if (!question) return {};
    const limit: Limit = (part) => 5_000 + 5 * (this.#coverage.cpuMsOf(part) ?? 3_000);
    const [, behaviour, part] = /^([^:]+): (.+)$/.exec(killer) ?? [];
    const first = behaviour && part ? await bench.try({ ...question, parts: { [behaviour]: [part] } }, limit) : {};
    return first.killedBy || first.isEqual ? first : bench.try(question, limit);
  }
}

interface Opened {
  readonly module: string;
  readonly folder: string;
  readonly benches: readonly Bench[];
  readonly kept: Kept;
}

/** Each bench surveys some of the behaviours. */
const surveyed = (benches: readonly Bench[], module: string, behaviours: readonly string[]): Promise<Survey[]> =>
  Promise.all(
    benches.map((bench, at) =>
      bench.survey(
        module,
        behaviours.filter((_, index) => index % benches.length === at),
      ),
    ),
  );

async function closed(benches: readonly Bench[], folder: string): Promise<void> {
  for (const bench of benches) await bench.close();
  rmSync(folder, { recursive: true, force: true });
}
