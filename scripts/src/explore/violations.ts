import { rules } from "../judgement/rules.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import type { Director } from "./director.ts";

/** Something that no run may leave behind. */
export interface Violation {
  readonly rule: string;
  readonly orderId?: string;
  readonly what: string;
  readonly seen: unknown;
}

/** What the sweeper is there for: without it, a run beyond the budget of the retries may leave it so. */
const sweptUp: readonly string[] = [
  "created",
  "settled",
  "end-is-said",
  "record-tells-the-same-end",
  "no-dead-letters",
];

/** What no saga can prevent where a bus takes an event late that its publisher took for lost. */
const saidLate: readonly string[] = ["what-is-said-is-so", "nothing-new-after-the-end"];

/** @returns what is wrong with a run, by the judgement's rules, without what the run's faults excuse */
export function violationsOf(batch: Batch, outcome: Outcome, { state, isSaidLate }: Director): Violation[] {
  const excused = [...(state.isBeyondBudget ? sweptUp : []), ...(isSaidLate ? saidLate : [])];
  // One of two placements under one orderId is told so.
  const isTaken = (orderId: string | undefined) =>
    outcome.evidence.some(({ orderId: id, row }) => id === orderId && row !== undefined);
  return rules
    .filter(({ id }) => !excused.includes(id))
    .flatMap(({ id, broken }) => broken(batch, outcome).map((each) => ({ rule: id, ...each })))
    .filter(({ rule, orderId, what }) => !(rule === "placed" && what.endsWith("OrderConflict") && isTaken(orderId)));
}
