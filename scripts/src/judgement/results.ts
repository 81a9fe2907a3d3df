import { endOf, type Profile, type SideEffects, sideEffects } from "@ovsc/shared";
import type { FiredFault } from "../faults/fired.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import type { RefusedLine } from "../orders/batches.ts";
import { type Count, type Counts, noCounts } from "../runs/counts.ts";
import type { Finding, Judgement } from "./judge.ts";
import { together, type Verdict } from "./verdict.ts";

/** What a number of orders came to in one variant. */
export interface Tally {
  /** How many orders ended in each status. */
  ends: Record<string, number>;
  sideEffects: SideEffects;
  counts: Counts;
  /** How often the sweeper acted. */
  sweeps: number;
  /** In how many batches a difference happened that the variant declares. */
  declared: number;
}

/** A line of the table: one scenario, or all orders of a long run together. */
export interface Result {
  readonly name: string;
  verdict: Verdict;
  orders: number;
  /** By the name of the variant. */
  readonly variants: Readonly<Record<string, Tally>>;
  /** At most `mostFindings` of them are kept. */
  readonly findings: Finding[];
  findingCount: number;
}

/** The file `results.json`: what a run of `compare` came to. The same seed gives the same bytes. */
export interface RunResults {
  readonly verdict: Verdict;
  /** The command that does the same again. */
  readonly command: string;
  /** The retry budget that the stacks were synthesized with. */
  readonly profile: Profile;
  /** Which cloud it ran in, in words. */
  readonly target: string;
  readonly refused: readonly RefusedLine[];
  /** The fault plan, where there was one, and how often each of its faults struck. */
  readonly faults?: readonly FiredFault[];
  /** Differences that a variant declares, and that did not happen where they must. */
  readonly outdated?: readonly Finding[];
  readonly results: readonly Result[];
}

const mostFindings = 50;

export const emptyResult = (name: string, variants: readonly string[]): Result => ({
  name,
  verdict: "unknown",
  orders: 0,
  variants: Object.fromEntries(
    variants.map((variant) => [
      variant,
      { ends: {}, sideEffects: noSideEffects, counts: noCounts, sweeps: 0, declared: 0 },
    ]),
  ),
  findings: [],
  findingCount: 0,
});

const noSideEffects: SideEffects = {
  unitsHeld: 0,
  chargedCents: 0,
  refundedCents: 0,
  charges: 0,
  refunds: 0,
  shipments: 0,
};

/** A batch as it was judged. */
export interface Judged extends Judgement {
  /** The variants in which a difference happened that they declare. */
  readonly declared: readonly string[];
}

/** Adds a batch to a result. */
export function addBatch(
  result: Result,
  batch: Batch,
  outcomes: Readonly<Record<string, Outcome>>,
  { verdict, findings, declared }: Judged,
): void {
  result.verdict = result.orders === 0 ? verdict : together([result.verdict, verdict]);
  result.orders += batch.placements.length;
  for (const [variant, outcome] of Object.entries(outcomes)) addOutcome(result.variants[variant]!, outcome);
  for (const variant of declared) result.variants[variant]!.declared += 1;
  result.findings.push(...findings.slice(0, mostFindings - result.findings.length));
  result.findingCount += findings.length;
}

function addOutcome(tally: Tally, { evidence, counts, sweeps }: Outcome): void {
  const unique = new Map(evidence.map((each) => [each.placementId, each]));
  for (const each of unique.values()) {
    const end = endOf(each);
    tally.ends[end] = (tally.ends[end] ?? 0) + 1;
    tally.sideEffects = sum(tally.sideEffects, sideEffects(each));
  }
  tally.counts = sum(tally.counts, counts);
  tally.sweeps += sweeps;
}

/** Adds field by field; what is unknown on one side is unknown in the sum. */
function sum<T extends { readonly [Field in keyof T]: Count }>(left: T, right: T): T {
  const fields = Object.keys(left) as (keyof T)[];
  return Object.fromEntries(fields.map((field) => [field, plus(left[field], right[field])])) as T;
}

const plus = (left: Count, right: Count): Count =>
  left === "unknown" || right === "unknown" ? "unknown" : left + right;
