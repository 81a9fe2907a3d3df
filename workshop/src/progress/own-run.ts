import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exit, Failure } from "@ovsc/scripts";
import type { RunLine, RunResults } from "@ovsc/scripts/lived";

/** The last `compare` of a learner's copy: what questions are about. */
export interface OwnRun {
  readonly results: RunResults;
  readonly lines: readonly RunLine[];
}

/**
 * @param copy folder of the copy
 * @param seed the learner's own
 * @throws Failure where there is no run yet, or it is of another seed
 */
export function ownRun(copy: string, seed: number): OwnRun {
  const next = "pnpm lab run compare --orders 40";
  const file = join(copy, "out/results.json");
  if (!existsSync(file)) throw new Failure("there is no run of your copy yet", { exitCode: exit.unknown, next });
  const results = JSON.parse(readFileSync(file, "utf8")) as RunResults;
  if (!results.command.includes(`--seed ${seed}`)) {
    throw new Failure(`the last run of your copy is ${results.command}, and the questions are about your own orders`, {
      exitCode: exit.unknown,
      next,
    });
  }
  const [, ...lines] = readFileSync(join(copy, "out/run.ndjson"), "utf8").trim().split("\n");
  return { results, lines: lines.map((line) => JSON.parse(line) as RunLine) };
}
