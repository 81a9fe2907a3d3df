import type { Happening } from "@ovsc/local";
import type { StoryLine } from "@ovsc/shared/variant";
import type { Batch } from "../orders/batch.ts";
import { Director } from "./director.ts";
import type { ExploredCloud } from "./explored-cloud.ts";
import { Recorder, Repeat } from "./picker.ts";
import type { Schedule } from "./schedule.ts";
import { kindOf } from "./search.ts";
import { shrink } from "./shrink.ts";
import { storyOf } from "./story.ts";
import { violationsOf, type Violation } from "./violations.ts";

/** What a schedule came to when it was repeated. */
export interface Replayed {
  readonly violations: readonly Violation[];
  readonly story: readonly StoryLine[];
  /** Its decisions that came up. */
  readonly met: Schedule;
  /** How many did not. */
  readonly unmet: number;
}

/** More than any schedule has. */
const anything = { faults: Infinity, duplicates: Infinity };

export async function replay(cloud: ExploredCloud, batch: Batch, schedule: Schedule): Promise<Replayed> {
  const repeat = new Repeat(schedule);
  const recorder = new Recorder(repeat);
  const director = new Director(recorder, anything);
  const happenings: Happening[] = [];
  const outcome = await cloud.run(batch, director, (happening) => happenings.push(happening));
  return {
    violations: violationsOf(batch, outcome!, director),
    story: storyOf(happenings),
    met: recorder.schedule,
    unmet: repeat.unmet,
  };
}

/** @returns the shortest schedule, made of decisions of this one, that comes to the same kind of violation */
export async function shortest(
  cloud: ExploredCloud,
  batch: Batch,
  { schedule, violation }: { schedule: Schedule; violation: Violation },
): Promise<Schedule> {
  const shows = async (part: Schedule) =>
    (await replay(cloud, batch, part)).violations.some((each) => kindOf(each) === kindOf(violation));
  return shrink(schedule, shows);
}
