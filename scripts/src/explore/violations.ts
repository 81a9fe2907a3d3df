import { rules } from "../judgement/rules.ts";
import type { Batch, Outcome } from "../orders/batch.ts";

/** Something that no run may leave behind. */
export interface Violation {
  readonly rule: string;
  readonly orderId?: string;
  readonly what: string;
  readonly seen: unknown;
}

/** Rules that a run may break, and why. */
export interface Excuse {
  readonly because: string;
  readonly rules: readonly string[];
}

export const sweptUp: Excuse = {
  because: "it waits for the sweeper, which is off",
  rules: ["created", "settled", "end-is-said", "record-tells-the-same-end", "no-dead-letters"],
};

export const saidLate: Excuse = {
  because: "a bus took an event late that its publisher took for lost, which no saga can prevent",
  rules: ["what-is-said-is-so", "nothing-new-after-the-end"],
};

/** @returns what is wrong with a run by the judgement's rules, but for what is excused */
export function violationsOf(batch: Batch, outcome: Outcome, excuses: readonly Excuse[]): Violation[] {
  const excused = excuses.flatMap((each) => each.rules);
  // One of two placements under one orderId is told so.
  const isTaken = (orderId: string | undefined) =>
    outcome.evidence.some(({ orderId: id, row }) => id === orderId && row !== undefined);
  return rules
    .filter(({ id }) => !excused.includes(id))
    .flatMap(({ id, broken }) => broken(batch, outcome).map((each) => ({ rule: id, ...each })))
    .filter(({ rule, orderId, what }) => !(rule === "placed" && what.endsWith("OrderConflict") && isTaken(orderId)));
}
