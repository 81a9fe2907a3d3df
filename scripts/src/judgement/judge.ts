import { isDeepStrictEqual } from "node:util";
import { type Evidence, violations } from "@ovsc/shared";
import type { Ending } from "@ovsc/shared/variant";
import { type Batch, lostStock, type Outcome } from "../orders/batch.ts";
import { differences, withoutIdentity } from "./differences.ts";
import type { Verdict } from "./verdict.ts";

/** One thing that is not as it must be. */
export interface Finding {
  readonly orderId?: string;
  readonly what: string;
  /** What each variant shows there, by its name. */
  readonly seen: Readonly<Record<string, unknown>>;
  /** Which step failed first in each variant, with its error, and what was heard last. */
  readonly happened?: Readonly<Record<string, string>>;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/**
 * The one judgement of a batch, for every command and test.
 * @param outcomes what the batch left behind in each variant, by its name; the first is what the others are held
 * against
 * @returns everything wrong with it: each variant by itself, then each against the first
 */
export function judge(batch: Batch, outcomes: Readonly<Record<string, Outcome>>): Judgement {
  const [first, ...others] = Object.entries(outcomes);
  const findings = [
    ...Object.entries(outcomes).flatMap(([variant, outcome]) => alone(variant, batch, outcome)),
    ...others.flatMap((other) => against(first!, other, batch)),
  ];
  const judged = Object.values(outcomes).flatMap(({ evidence }) => evidence).length;
  const isWhole = judged > 0 && judged === batch.orders.length * Object.keys(outcomes).length;
  return { verdict: findings.length > 0 ? "invalid" : isWhole ? "valid" : "unknown", findings };
}

/** @returns what must never be, whatever befell the orders: rows and ledgers that contradict each other, lost stock */
export const brokenInvariants = (batch: Batch, outcome: Outcome): string[] => [
  ...outcome.evidence.flatMap(violations),
  ...lostStock(batch, outcome).map((what) => `stock is not conserved: ${what}`),
];

function alone(variant: string, batch: Batch, outcome: Outcome): Finding[] {
  const finding = (what: string, seen: unknown, orderId?: string): Finding => ({
    ...(orderId !== undefined && { orderId }),
    what,
    seen: { [variant]: seen },
  });
  return [
    ...wrongEnds(batch, outcome).map(({ orderId, what, seen }) => finding(what, seen, orderId)),
    ...outcome.evidence.flatMap((evidence) => [
      ...(evidence.row ? [] : [finding("was never created", null, evidence.orderId)]),
      ...violations(evidence).map((what) => finding(what, evidence.row?.status, evidence.orderId)),
    ]),
    ...outcome.evidence.flatMap((evidence, index) => {
      const ending = outcome.endings[index];
      return ending ? wrongEnding(batch, evidence, ending).map((what) => finding(what, ending, evidence.orderId)) : [];
    }),
    ...(outcome.deadLetters > 0 ? [finding("left messages on the dead-letter queue", outcome.deadLetters)] : []),
    ...lostStock(batch, outcome).map((what) => finding(`stock is not conserved: ${what}`, outcome.shelf)),
  ];
}

/** Orders that did not end as their scenario says; interchangeable ones are taken together. */
function wrongEnds(
  { orders, ends, interchangeable }: Batch,
  { evidence }: Outcome,
): { orderId?: string; what: string; seen: unknown }[] {
  if (!ends) return [];
  const statuses = evidence.map(({ row }) => row?.status ?? "never created");
  if (interchangeable) {
    const isRight = isDeepStrictEqual(ends.toSorted(), statuses.toSorted());
    return isRight ? [] : [{ what: `orders must end ${ends.join(" and ")}, in any order`, seen: statuses }];
  }
  return statuses.flatMap((status, index) =>
    ends[index] === status ? [] : [{ orderId: orders[index]!.orderId, what: `must end ${ends[index]}`, seen: status }],
  );
}

/**
 * The record of a shipped order says that it succeeded, with the order that came out; any other says why not, in the
 * words of the scenario.
 */
function wrongEnding({ cause }: Batch, { row }: Evidence, ending: Ending): string[] {
  const shipped = row?.status === "SHIPPED";
  if (shipped !== ending.succeeded) return [`${row?.status ?? "never created"}, and its record says ${ending.status}`];
  if (!shipped) return cause === undefined || ending.cause === cause ? [] : [`its record must say: ${cause}`];
  const { output = row.order } = ending;
  return isDeepStrictEqual(output, row.order) ? [] : ["the order that came out is not the order of the row"];
}

function against([first, held]: [string, Outcome], [name, outcome]: [string, Outcome], batch: Batch): Finding[] {
  const view = ({ evidence }: Outcome) =>
    batch.interchangeable ? withoutIdentity(evidence, (each) => each) : evidence;
  const others = view(outcome);
  const seen = (left: unknown, right: unknown) => ({ [first]: left, [name]: right });
  return [
    ...view(held).flatMap((evidence, index) =>
      differences(evidence, others[index]).map(({ what, left, right }) => ({
        orderId: evidence.orderId,
        what: `${what} differs`,
        seen: seen(left, right),
      })),
    ),
    ...differences(held.shelf, outcome.shelf, "shelf").map(({ what, left, right }) => ({
      what: `${what} differs`,
      seen: seen(left, right),
    })),
  ];
}
