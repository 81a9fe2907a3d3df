import { randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exit, Failure } from "@ovsc/scripts";
import * as z from "zod";
import type { Lab } from "../lab/lab.ts";
import { labNamed } from "../lab/labs.ts";

const words = z.record(z.string(), z.string());

/** How far a learner is in one lab. */
const Passage = z.strictObject({
  /** ISO 8601. */
  startedAt: z.string(),
  passedAt: z.string().optional(),
  predictions: words,
  answers: words,
  /** How many rungs of each task's hints were shown. */
  hints: z.record(z.string(), z.int()),
  /** The task that the last check stopped at. */
  stuckAt: z.string().optional(),
});
export type Passage = z.infer<typeof Passage>;

/** Everything that the course keeps of a learner: one file in his copy, which nobody else reads. */
const Progress = z.strictObject({
  /** Makes the learner's own orders. */
  seed: z.int(),
  current: z.string().optional(),
  labs: z.record(z.string(), Passage),
});
export type Progress = z.infer<typeof Progress>;

const fileIn = (copy: string): string => join(copy, "progress.json");

/** @throws Failure where the file holds something else */
export function readProgress(copy: string): Progress {
  const file = fileIn(copy);
  if (!existsSync(file)) return { seed: randomInt(1, 2 ** 31), labs: {} };
  try {
    return Progress.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new Failure(`${file} is no longer what the course wrote: ${(error as Error).message}`, {
      exitCode: exit.environment,
      next: `delete ${file}, then pnpm lab start 0`,
      cause: error,
    });
  }
}

export function writeProgress(copy: string, progress: Progress): void {
  mkdirSync(dirname(fileIn(copy)), { recursive: true });
  writeFileSync(fileIn(copy), `${JSON.stringify(progress, null, 2)}\n`);
}

export const begun = (): Passage => ({ startedAt: new Date().toISOString(), predictions: {}, answers: {}, hints: {} });

/** A learner in a lab. */
export interface Place {
  readonly lab: Lab;
  readonly passage: Passage;
  readonly progress: Progress;
}

/** @param word another lab than the one that was started last @throws Failure where none was started */
export function placeIn(copy: string, word?: string): Place {
  const progress = readProgress(copy);
  const slug = word === undefined ? progress.current : labNamed(word).slug;
  if (slug === undefined) {
    throw new Failure("no lab was started yet", { exitCode: exit.usage, next: "pnpm lab start 0" });
  }
  return { lab: labNamed(slug), passage: progress.labs[slug] ?? begun(), progress };
}

/** Keeps what a learner did in a lab. */
export function keep(copy: string, { lab, progress }: Place, change: Partial<Passage>): void {
  const passage = { ...(progress.labs[lab.slug] ?? begun()), ...change };
  writeProgress(copy, { ...progress, labs: { ...progress.labs, [lab.slug]: passage } });
}

/** @returns whole minutes, negative once the lab's time is over */
export const minutesLeft = ({ minutes }: Lab, { startedAt }: Passage, nowMs = Date.now()): number =>
  Math.ceil(minutes - (nowMs - Date.parse(startedAt)) / 60_000);
