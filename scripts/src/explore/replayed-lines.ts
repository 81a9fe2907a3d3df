import type { RunLine } from "../runs/log/run-line.ts";
import { RunLog } from "../runs/log/run-log.ts";
import { variantNamed } from "../variants.ts";
import { batchOf } from "./batch-of.ts";
import { openExplored } from "./judged-run.ts";
import { replay } from "./replay.ts";
import type { StoredSchedule } from "./schedule.ts";

/** True for a word that is a schedule as it is printed, or the file of one. */
export const isSchedule = (word: string): boolean => word.startsWith("{") || word.endsWith(".json");

/** Repeats a schedule as it is deployed. @returns the lines that a log of the run has */
export async function replayedLines({ variant, without, orders, schedule }: StoredSchedule): Promise<RunLine[]> {
  const clouds = await openExplored(variantNamed(variant), { without, thin: false });
  const batch = batchOf(orders);
  const { happenings } = await replay(clouds, batch, schedule);
  const log = new RunLog(variant, Date.now());
  log.begin(batch.name);
  for (const happening of happenings) log.add(happening);
  return log.take().lines.map(({ text }) => JSON.parse(text) as RunLine);
}
