import { type Evidence, violations } from "@ovsc/shared";
import { type Batch, lostStock, type Outcome } from "../orders/batch.ts";
import { type Variant, variants } from "../variant.ts";
import { type Difference, differences, withoutIdentity } from "./differences.ts";

/** One thing that is not as it must be, with both sides where it is a difference between them. */
export interface Finding {
  readonly orderId?: string;
  readonly what: string;
  readonly choreography?: unknown;
  readonly orchestration?: unknown;
}

/** @returns everything wrong with a batch: each variant by itself, then the two against each other */
export function judge(batch: Batch, outcomes: Readonly<Record<Variant, Outcome>>): Finding[] {
  return [...variants.flatMap((variant) => alone(variant, batch, outcomes[variant])), ...together(batch, outcomes)];
}

function alone(variant: Variant, batch: Batch, outcome: Outcome): Finding[] {
  const statuses = outcome.evidence.map(({ row }) => row?.status ?? "never created");
  const orders = (batch.interchangeable ? [] : statuses).flatMap((status, index) => {
    const end = batch.ends?.[index];
    const what = `must end ${end}`;
    return end && end !== status ? [{ orderId: batch.orders[index]!.orderId, what, [variant]: status }] : [];
  });
  const set = batch.interchangeable && batch.ends?.toSorted().join() !== statuses.toSorted().join();
  return [
    ...orders,
    ...(set ? [{ what: `orders must end ${batch.ends?.join(" and ")}, in any order`, [variant]: statuses }] : []),
    ...outcome.evidence.flatMap((evidence) => [
      ...(evidence.row ? [] : [{ orderId: evidence.orderId, what: "was never created", [variant]: null }]),
      ...violations(evidence).map((what) => ({ orderId: evidence.orderId, what, [variant]: evidence.row?.status })),
    ]),
    ...(outcome.endings ?? []).flatMap((ending, index) => wrongEnding(batch, outcome.evidence[index]!, ending)),
    ...(outcome.deadLetters > 0
      ? [{ what: "left messages on the dead-letter queue", [variant]: outcome.deadLetters }]
      : []),
    ...lostStock(batch, outcome).map((what) => ({ what: `stock is not conserved: ${what}`, [variant]: outcome.shelf })),
  ];
}

/** A shipped order's execution succeeds; any other fails, and says why in the words of its scenario. */
function wrongEnding(
  { cause }: Batch,
  { orderId, row }: Evidence,
  ending: { readonly status: string; readonly cause?: string },
): Finding[] {
  const shipped = row?.status === "SHIPPED";
  const right = shipped
    ? ending.status === "SUCCEEDED"
    : ending.status === "FAILED" && (cause ?? ending.cause) === ending.cause;
  const wanted = shipped ? "SUCCEEDED" : `FAILED${cause ? `: ${cause}` : ""}`;
  return right ? [] : [{ orderId, what: `the execution must end ${wanted}`, orchestration: ending }];
}

function together(batch: Batch, { choreography, orchestration }: Readonly<Record<Variant, Outcome>>): Finding[] {
  const view = ({ evidence }: Outcome) =>
    batch.interchangeable ? withoutIdentity(evidence, (each) => each) : evidence;
  const [left, right] = [view(choreography), view(orchestration)];
  return [
    ...left.flatMap((evidence, index) =>
      differences(evidence, right[index]).map((each) => ({ orderId: evidence.orderId, ...finding(each) })),
    ),
    ...differences(choreography.shelf, orchestration.shelf, "shelf").map(finding),
  ];
}

const finding = ({ what, left, right }: Difference): Finding => ({
  what: `${what} differs`,
  choreography: left,
  orchestration: right,
});
