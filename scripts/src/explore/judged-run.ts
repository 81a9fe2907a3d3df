import type { Happening } from "@ovsc/local";
import type { Evidence } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { synthesize, synthesizeThin } from "../clouds/synthesize.ts";
import { declaredFor } from "../judgement/declared.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import { weaken, weakeningNamed } from "../weakenings/weaken.ts";
import { damageIn } from "../weakenings/weakening.ts";
import { Director } from "./directing/director.ts";
import { type Explored, ExploredCloud } from "./explored-cloud.ts";
import type { Budget } from "./picking/budget.ts";
import { ForGood, type Picker, Recorder, Repeat } from "./picking/picker.ts";
import type { Schedule } from "./schedule.ts";
import {
  type Excuse,
  leftToTheSweeper,
  parkedNeedlessly,
  saidLate,
  swept,
  sweptUp,
  violationsOf,
  type Violation,
} from "./violations.ts";

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
  if (without === undefined) return openClouds(variant, { assembly: await shipped(variant), thin });
  const weakening = weakeningNamed(without, "pnpm explore --without");
  const { remedying } = damageIn(weakening, variant.name).story;
  return openClouds(variant, { assembly: await weaken(variant, weakening, { thin }), thin, remedying });
}

export async function openClouds(variant: Variant, options: Omit<Explored, "sweeper">): Promise<ExploredClouds> {
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
  /** Whether only the sweeper could bring it to an end. */
  readonly isSwept: boolean;
  /** Whether the variant declares something for what struck it. */
  readonly isDeclared: boolean;
  readonly happenings: readonly Happening[];
}

/** More than any schedule has. */
const anything: Budget = { faults: Infinity, duplicates: Infinity };

/**
 * Makes one run and judges it. One beyond the budget of the retries is judged twice: without the sweeper by all that
 * does not wait for it, and repeated with it by everything. Where records are lost it is repeated once more, for good:
 * the sweeper then undoes or parks what nothing brings on.
 * @param hears whether to keep what happened
 * @param reduces see `Director`
 * @returns nothing where it came to a state that was seen before
 */
export async function judgedRun(
  { plain, swept: openSwept }: ExploredClouds,
  batch: Batch,
  {
    picker,
    budget = anything,
    hears = false,
    reduces = true,
  }: { picker: Picker; budget?: Budget; hears?: boolean; reduces?: boolean },
): Promise<JudgedRun | undefined> {
  const recorder = new Recorder(picker);
  const { variant, concern } = plain;
  const director = new Director(recorder, budget, { reduces, concern });
  const happenings: Happening[] = [];
  const outcome = await plain.run(batch, director, hears ? (happening) => happenings.push(happening) : undefined);
  if (!outcome) return undefined;
  const { schedule } = recorder;
  const { isUsedUp, isBeyondBudget } = director.striker.tries;
  // Where all tries of a step were struck, an order may end otherwise than its scenario says; then nothing strikes.
  const { ends: _ends, cause: _cause, ...endless } = batch;
  const differs = declaredFor(variant, director.befell(batch.name));
  const isSwept = isBeyondBudget || differs.some((each) => each.swept);
  const judgedBy = ({ evidence }: Outcome) =>
    (isUsedUp || isBeyondBudget) && !evidence.some(hasBegunAnew) ? endless : batch;
  const late: readonly Excuse[] = director.striker.isSaidLate ? [saidLate] : [];
  const run = { schedule, director, happenings, isSwept, isDeclared: differs.length > 0 };
  if (!isSwept) {
    const needless = director.striker.tries.isUndoUsedUp || differs.length > 0 ? [] : parkedNeedlessly(batch, outcome);
    const violations = [...violationsOf(judgedBy(outcome), outcome, { excuses: late, differs }), ...needless];
    // A last step may have said that the order has ended, and not noted it on any try.
    if (violations.length > 0 || isUsedUp) return { ...run, violations };
    return { ...run, violations: leftToTheSweeper(await plain.isAnyOpen()) };
  }

  const violations = violationsOf(endless, outcome, { excuses: [sweptUp, ...late] });
  if (violations.length > 0) return { ...run, violations };
  const cloud = await openSwept();
  const runSwept = (again: Picker) => {
    happenings.length = 0;
    const hear = hears ? (happening: Happening) => happenings.push(happening) : undefined;
    return cloud.run(batch, new Director(again, anything, { concern }), hear);
  };
  const once = await runSwept(new Repeat(schedule));
  const excuses = [swept, ...late];
  const found = violationsOf(judgedBy(once!), once!, { excuses, differs });
  if (found.length > 0 || !director.striker.losesRecords) return { ...run, violations: found };
  const forGood = await runSwept(new ForGood(schedule));
  return { ...run, violations: violationsOf(endless, forGood!, { excuses }) };
}

const hasBegunAnew = ({ row }: Evidence): boolean => (row?.generation ?? 1) > 1;
