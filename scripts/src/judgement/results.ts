import { type SideEffects, sideEffects } from "@ovsc/shared";
import type { Batch, Outcome } from "../orders/batch.ts";
import { type Count, type Counts, noCounts } from "../runs/counts.ts";
import type { Variant } from "../variant.ts";
import type { Finding } from "./judge.ts";

/** What a number of orders came to in one variant. */
export interface Side {
  /** How many orders ended in each status. */
  ends: Record<string, number>;
  sideEffects: SideEffects;
  counts: Counts;
}

/** A line of the table: one scenario, or all orders of a long run together. */
export interface Result {
  readonly name: string;
  orders: number;
  readonly choreography: Side;
  readonly orchestration: Side;
  /** At most `mostFindings` of them are kept. */
  readonly findings: Finding[];
  findingCount: number;
}

const mostFindings = 50;

export const emptyResult = (name: string): Result => ({
  name,
  orders: 0,
  choreography: { ends: {}, sideEffects: nothing, counts: noCounts },
  orchestration: { ends: {}, sideEffects: nothing, counts: noCounts },
  findings: [],
  findingCount: 0,
});

const nothing: SideEffects = { unitsHeld: 0, chargedCents: 0, refundedCents: 0, charges: 0, refunds: 0, shipments: 0 };

/** Adds a batch to a result. */
export function addBatch(
  result: Result,
  batch: Batch,
  outcomes: Readonly<Record<Variant, Outcome>>,
  findings: readonly Finding[],
): void {
  result.orders += batch.orders.length;
  addOutcome(result.choreography, outcomes.choreography);
  addOutcome(result.orchestration, outcomes.orchestration);
  result.findings.push(...findings.slice(0, mostFindings - result.findings.length));
  result.findingCount += findings.length;
}

function addOutcome(side: Side, { evidence, counts }: Outcome): void {
  const unique = new Map(evidence.map((each) => [each.orderId, each]));
  for (const each of unique.values()) {
    const status = each.row?.status ?? "never created";
    side.ends[status] = (side.ends[status] ?? 0) + 1;
    side.sideEffects = sum(side.sideEffects, sideEffects(each));
  }
  side.counts = sum(side.counts, counts);
}

/** Adds field by field; what is unknown on one side is unknown in the sum. */
function sum<T extends { readonly [Field in keyof T]: Count }>(left: T, right: T): T {
  const fields = Object.keys(left) as (keyof T)[];
  return Object.fromEntries(fields.map((field) => [field, plus(left[field], right[field])])) as T;
}

const plus = (left: Count, right: Count): Count =>
  left === "unknown" || right === "unknown" ? "unknown" : left + right;
