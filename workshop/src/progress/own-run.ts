import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exit, Failure } from "@ovsc/scripts";
import type { RunLine, RunResults } from "@ovsc/scripts/lived";
import type { Lab } from "../lab/lab.ts";

/** The learner's own orders, as they went through the copy: what questions are about. */
export interface OwnRun {
  readonly results: RunResults;
  readonly lines: readonly RunLine[];
}

const kept = ["results.json", "run.ndjson"] as const;

/** Keeps the run that was just made, so that those after it leave the learner's answers as they are. */
export const keepOwnRun = (copy: string): void => keep(copy, join(copy, "own"));

/** Keeps the first comparison in a lab, which shows what its start does. */
export function keepFirstRun(copy: string, { slug }: Pick<Lab, "slug">): void {
  const folder = firstOf(copy, slug);
  if (!existsSync(folder)) keep(copy, folder);
}

function keep(copy: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of kept) cpSync(join(copy, "out", name), join(folder, name));
}

const firstOf = (copy: string, slug: string): string => join(copy, "own", slug);

/**
 * @param copy folder of the copy
 * @throws Failure where there is no run yet
 */
export const ownRun = (copy: string): OwnRun => runIn(join(copy, "own"), "your own orders have not gone");

/** @throws Failure where nothing was compared in the lab yet */
export const firstRun = (copy: string, { slug }: Pick<Lab, "slug">): OwnRun =>
  runIn(firstOf(copy, slug), "nothing has gone");

function runIn(folder: string, nothing: string): OwnRun {
  const [results, log] = kept.map((name) => join(folder, name)) as [string, string];
  if (!existsSync(results)) {
    throw new Failure(`${nothing} through your copy yet`, {
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
