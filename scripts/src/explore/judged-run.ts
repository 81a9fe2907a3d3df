import type { Happening } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { synthesize, synthesizeThin } from "../clouds/synthesize.ts";
import type { Batch } from "../orders/batch.ts";
import { weaken, weakeningNamed } from "../weakenings/weaken.ts";
import { type Budget, Director } from "./director.ts";
import { ExploredCloud } from "./explored-cloud.ts";
import { type Picker, Recorder, Repeat } from "./picker.ts";
import type { Schedule } from "./schedule.ts";
import { type Excuse, saidLate, swept, sweptUp, tellsNoEnd, violationsOf, type Violation } from "./violations.ts";

/** The clouds of one variant: one without the sweeper, and one with it for what only it brings to an end. */
export interface ExploredClouds {
  readonly plain: ExploredCloud;
  readonly swept: () => Promise<ExploredCloud>;
}

/**
 * Opens the clouds of a variant.
 * @param without a weakening's name; the shipped code if not given
 * @param thin as it is explored, and otherwise as it is deployed
 */
export async function openExplored(
  variant: Variant,
  { without, thin }: { without?: string | undefined; thin: boolean },
): Promise<ExploredClouds> {
  const shipped = thin ? synthesizeThin : synthesize;
  const assembly = await (without === undefined
    ? shipped(variant)
    : weaken(variant, weakeningNamed(without, "pnpm explore --without"), { thin }));
  return openClouds(variant, { assembly, thin });
}

export async function openClouds(
  variant: Variant,
  options: { readonly assembly: string; readonly thin: boolean },
): Promise<ExploredClouds> {
  let opened: Promise<ExploredCloud> | undefined;
  return {
    plain: await ExploredCloud.open(variant, options),
    swept: () => (opened ??= ExploredCloud.open(variant, { ...options, sweeper: "on" })),
  };
}

/** A run that went to its end, and what is wrong with it. */
export interface JudgedRun {
  readonly schedule: Schedule;
  readonly violations: readonly Violation[];
  readonly director: Director;
  readonly happenings: readonly Happening[];
}

/** More than any schedule has. */
const anything: Budget = { faults: Infinity, duplicates: Infinity };

/**
 * Makes one run and judges it. One beyond the budget of the retries is judged twice: without the sweeper by all that
 * does not wait for it, and repeated with it by everything.
 * @param hears whether to keep what happened
 * @returns nothing where it came to a state that was seen before
 */
export async function judgedRun(
  { plain, swept: openSwept }: ExploredClouds,
  batch: Batch,
  {
    picker,
    budget = anything,
    seen,
    hears = false,
  }: { picker: Picker; budget?: Budget; seen?: (fingerprint: string, left: Budget) => boolean; hears?: boolean },
): Promise<JudgedRun | undefined> {
  const recorder = new Recorder(picker);
  const director = new Director(recorder, budget, seen);
  const happenings: Happening[] = [];
  const outcome = await plain.run(batch, director, hears ? (happening) => happenings.push(happening) : undefined);
  if (!outcome) return undefined;
  const { schedule } = recorder;
  const late: readonly Excuse[] = director.isSaidLate ? [saidLate] : [];
  if (!director.state.isBeyondBudget)
    return { schedule, violations: violationsOf(batch, outcome, late), director, happenings };

  const violations = violationsOf(batch, outcome, [sweptUp, ...late]);
  if (violations.length > 0) return { schedule, violations, director, happenings };
  happenings.length = 0;
  const again = new Director(new Repeat(schedule), anything);
  const cloud = await openSwept();
  const end = await cloud.run(batch, again, hears ? (happening) => happenings.push(happening) : undefined);
  return { schedule, violations: violationsOf(batch, end!, [swept, tellsNoEnd, ...late]), director, happenings };
}
