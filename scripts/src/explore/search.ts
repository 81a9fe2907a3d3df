import type { Batch } from "../orders/batch.ts";
import { type ExploredClouds, type JudgedRun, judgedRun } from "./judged-run.ts";
import type { Budget } from "./picking/budget.ts";
import { Draw, type Picker } from "./picking/picker.ts";
import { Walk } from "./picking/walk.ts";
import type { Schedule } from "./schedule.ts";
import { batchIn, type Part } from "./scope.ts";
import type { Violation } from "./violations.ts";

/** A run that left something behind that no run may. */
export interface Found {
  /** Counts from 0. */
  readonly run: number;
  readonly schedule: Schedule;
  readonly violations: readonly Violation[];
}

/** What walking a part, or drawing runs, came to. */
export interface Walked {
  runs: number;
  /** Runs that ended in a state from which all had been walked. */
  pruned: number;
  states: number;
  /** Decisions that were taken, each option of each once. */
  ways: number;
  /** Runs that went to an end which no run had come to before, and were judged. */
  ends: number;
  /** Runs that only the sweeper could bring to an end. */
  swept: number;
  /** Runs for which the variant declares something: another end, or the sweeper's work. */
  declared: number;
  /** Drawn faults that struck; others were dropped. */
  struck: number;
  /** Of the thread. */
  cpuSeconds: number;
  /** False where time was up before all was walked. */
  finished: boolean;
  /** One for each kind of violation, the first that came up. */
  readonly found: Found[];
}

const nothingYet = (): Walked => ({
  runs: 0,
  pruned: 0,
  states: 0,
  ways: 0,
  ends: 0,
  swept: 0,
  declared: 0,
  struck: 0,
  cpuSeconds: 0,
  finished: false,
  found: [],
});

/** Kinds of violation after which a search ends: it is wrong enough by then. */
const mostKinds = 8;

/** How a part is walked. */
export interface Walking {
  /** When time is up, by `performance.now()`. */
  readonly until?: number;
  /** How many kinds of violation are enough. */
  readonly kinds?: number;
  /** See `Director`. */
  readonly reduces?: boolean;
  /** Hears of each end that no run had come to before. */
  readonly onEnd?: (judged: JudgedRun) => void;
}

/** Walks all runs of a part. */
export async function walk(
  clouds: ExploredClouds,
  part: Part,
  { until = Infinity, kinds = mostKinds, reduces = true, onEnd }: Walking = {},
): Promise<Walked> {
  const walked = nothingYet();
  const walking = new Walk();
  const batch = batchIn(part.scenario);
  do {
    if (performance.now() > until || walked.found.length >= kinds) return walked;
    const run = walked.runs;
    await take(clouds, batch, { run, picker: walking, budget: part.budget, walked, reduces, onEnd });
    walked.states = walking.states;
    walked.ways = walking.ways;
  } while (walking.next());
  walked.finished = true;
  return walked;
}

/** Runs drawn by a seed. */
export interface Drawn {
  readonly seed: number;
  /** The first run, and the one after the last. */
  readonly from: number;
  readonly until: number;
  readonly faults: number;
  /** The orders of a run. */
  readonly batchOf: (run: number) => Batch;
}

/** About how many moments an order has at which a fault could strike. */
const momentsOfAnOrder = 25;

export async function draw(clouds: ExploredClouds, { seed, from, until, faults, batchOf }: Drawn): Promise<Walked> {
  const walked = nothingYet();
  for (let run = from; run < until && walked.found.length < mostKinds; run += 1) {
    const batch = batchOf(run);
    const moments = momentsOfAnOrder * batch.placements.length;
    const picker = new Draw(seedOf(seed, run), { faults, moments });
    const budget = { faults, duplicates: 1 };
    await take(clouds, batch, { run, picker, budget, walked });
  }
  walked.finished = walked.runs === until - from;
  return walked;
}

/** Of one run among many of a seed: 32 bits. */
export const seedOf = (seed: number, run: number): number => (Math.imul(seed + 1, 0x9e3779b1) + run) >>> 0;

interface Taken {
  readonly run: number;
  readonly picker: Picker;
  readonly budget: Budget;
  readonly walked: Walked;
  readonly reduces?: boolean;
  readonly onEnd?: ((judged: JudgedRun) => void) | undefined;
}

/** Makes one run, judges it, and adds it to what was walked. */
async function take(
  clouds: ExploredClouds,
  batch: Batch,
  { run, picker, budget, walked, reduces = true, onEnd }: Taken,
): Promise<void> {
  const judged = await judgedRun(clouds, batch, { picker, budget, reduces });
  walked.runs += 1;
  if (!judged) {
    walked.pruned += 1;
    return;
  }
  onEnd?.(judged);
  const { director, schedule, violations } = judged;
  const duplicates = director.striker.struck.filter(({ name }) => name === "duplicate").length;
  const faults = director.striker.struck.length - duplicates;
  walked.struck += faults;
  walked.ends += 1;
  if (judged.isSwept) walked.swept += 1;
  if (judged.isDeclared) walked.declared += 1;
  const known = new Set(walked.found.flatMap((each) => each.violations.map(kindOf)));
  if (violations.some((each) => !known.has(kindOf(each)))) walked.found.push({ run, schedule, violations });
}

/** What is wrong, whichever order it is. */
export const kindOf = ({ rule, what }: Violation): string => `${rule}: ${what}`;
