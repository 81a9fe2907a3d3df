import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exit, Failure } from "@ovsc/scripts";
import type { RunLine, RunResults } from "@ovsc/scripts/lived";

/** The learner's own orders, as they went through the copy: what questions are about. */
export interface OwnRun {
  readonly results: RunResults;
  readonly lines: readonly RunLine[];
}

const kept = ["results.json", "run.ndjson"] as const;

/** Keeps the run that was just made, so that those after it leave the learner's answers as they are. */
export function keepOwnRun(copy: string): void {
  mkdirSync(join(copy, "own"), { recursive: true });
  for (const name of kept) cpSync(join(copy, "out", name), join(copy, "own", name));
}

/**
 * @param copy folder of the copy
 * @throws Failure where there is no run yet
 */
export function ownRun(copy: string): OwnRun {
  const [results, log] = kept.map((name) => join(copy, "own", name)) as [string, string];
  if (!existsSync(results)) {
    throw new Failure("your own orders have not gone through your copy yet", {
      exitCode: exit.unknown,
      next: "pnpm lab run compare --orders 40",
    });
  }
  const [, ...lines] = readFileSync(log, "utf8").trim().split("\n");
  return {
    results: JSON.parse(readFileSync(results, "utf8")) as RunResults,
    lines: lines.map((line) => JSON.parse(line) as RunLine),
  };
}
