import type { Difference } from "@ovsc/shared/variant";
import { isDeclared } from "../judgement/judge.ts";
import { rules } from "../judgement/rules.ts";
import type { Batch, Outcome } from "../orders/batch.ts";

/** Something that no run may leave behind. */
export interface Violation {
  readonly rule: string;
  readonly orderId?: string;
  readonly what: string;
  readonly seen: unknown;
}

/** What a run may leave behind all the same, and why. */
export interface Excuse {
  readonly because: string;
  readonly covers: (violation: Violation) => boolean;
}

const rulesNamed =
  (...names: readonly string[]): Excuse["covers"] =>
  ({ rule }) =>
    names.includes(rule);

export const sweptUp: Excuse = {
  because: "it waits for the sweeper, which is off",
  covers: rulesNamed("created", "settled", "end-is-said", "record-tells-the-same-end", "no-dead-letters"),
};

export const swept: Excuse = {
  because: "the sweeper is on, which leaves dead letters where they are",
  covers: rulesNamed("no-sweeps", "no-dead-letters"),
};

export const saidLate: Excuse = {
  because: "a bus took an event late that its publisher took for lost, which no saga can prevent",
  covers: rulesNamed("what-is-said-is-so", "nothing-new-after-the-end"),
};

interface Pardon {
  readonly excuses: readonly Excuse[];
  /** What the variant declares for what befell the run. */
  readonly differs?: readonly Difference[];
}

/** @returns what is wrong with a run by the judgement's rules, but for what is excused or declared */
export function violationsOf(
  { cause, ...batch }: Batch,
  outcome: Outcome,
  { excuses, differs = [] }: Pardon,
): Violation[] {
  // An order that may end otherwise may have another cause.
  const judged: Batch = cause && differs.length === 0 ? { ...batch, cause } : batch;
  // One of two placements under one orderId is told so.
  const isTaken = (orderId: string | undefined) =>
    outcome.evidence.some(({ orderId: id, row }) => id === orderId && row !== undefined);
  return rules
    .flatMap((rule) =>
      rule
        .broken(judged, outcome)
        .filter((each) => !isDeclared(rule, each, { outcome, differs }))
        .map((each) => ({ rule: rule.id, ...each })),
    )
    .filter((violation) => !excuses.some(({ covers }) => covers(violation)))
    .filter(({ rule, orderId, what }) => !(rule === "placed" && what.endsWith("OrderConflict") && isTaken(orderId)));
}

/**
 * What is wrong with a run that did not strike every try of an undo: an order is given to a person all the same.
 * @param batch of which it is known how its orders end where nothing strikes
 */
export const parkedNeedlessly = ({ ends }: Batch, { evidence }: Outcome): Violation[] =>
  ends === undefined || ends.includes("NEEDS_ATTENTION")
    ? []
    : evidence
        .filter(({ row }) => row?.status === "NEEDS_ATTENTION")
        .map(({ orderId, row }) => ({
          rule: "parked-after-all-tries",
          orderId,
          what: "parked, though its undo could have gone on",
          seen: row?.reason,
        }));

/** What is wrong with a run that came to its end within the budget, and is left to the sweeper all the same. */
export const leftToTheSweeper = (isAnyOpen: boolean): Violation[] =>
  isAnyOpen
    ? [{ rule: "nothing-left-to-the-sweeper", what: "left to the sweeper, though it came to its end", seen: "open" }]
    : [];
