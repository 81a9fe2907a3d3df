import type { Happening } from "@ovsc/local";
import type { StoryLine } from "@ovsc/shared/variant";
import type { Batch } from "../orders/batch.ts";
import { type ExploredClouds, judgedRun } from "./judged-run.ts";
import { Repeat } from "./picking/picker.ts";
import type { Schedule } from "./schedule.ts";
import { kindOf } from "./search.ts";
import { shrink } from "./shrink.ts";
import { storyOf } from "./story.ts";
import type { Violation } from "./violations.ts";

/** What a schedule came to when it was repeated. */
export interface Replayed {
  readonly violations: readonly Violation[];
  readonly story: readonly StoryLine[];
  readonly happenings: readonly Happening[];
  /** Its decisions that came up. */
  readonly met: Schedule;
  /** How many did not. */
  readonly unmet: number;
}

export async function replay(clouds: ExploredClouds, batch: Batch, schedule: Schedule): Promise<Replayed> {
  const repeat = new Repeat(schedule);
  const judged = await judgedRun(clouds, batch, { picker: repeat, hears: true });
  const { schedule: met, violations, happenings } = judged!;
  return { violations, story: storyOf(happenings), happenings, met, unmet: repeat.unmet };
}

/** @returns the shortest schedule, made of decisions of this one, that comes to the same kind of violation */
export async function shortest(
  clouds: ExploredClouds,
  batch: Batch,
  { schedule, violation }: { schedule: Schedule; violation: Violation },
): Promise<Schedule> {
  const shows = async (part: Schedule) =>
    (await replay(clouds, batch, part)).violations.some((each) => kindOf(each) === kindOf(violation));
  return shrink(schedule, shows);
}
