import { accounts, type Demands, endings } from "./endings.ts";
import { type Evidence, lastGeneration, ofGenerations, sideEffects } from "./evidence.ts";
import { type Charge, type Refund, holdsUnits, sentParcel, tookMoney } from "./ledgers.ts";
import { isSettled } from "./lifecycle.ts";
import type { OrderRecord } from "./ports.ts";

/** One thing that must hold of an order which has been given all the time it needs, whatever befell it. */
export interface EvidenceRule {
  readonly id: string;
  /** @returns what is wrong, in words; nothing when all is well */
  readonly broken: (evidence: Evidence) => readonly string[];
}

/** What adds up over all generations of an order. */
const isKept: Readonly<Record<keyof Demands, boolean>> = {
  unitsHeld: true,
  balanceCents: true,
  charges: false,
  refunds: false,
  shipments: false,
};

/** Everything that must hold between an order's row and the ledgers of the services it used. */
export const evidenceRules: readonly EvidenceRule[] = [
  inEachGeneration("charged-once", (evidence) => {
    const { charges } = sideEffects(evidence);
    return charges > 1 ? [`charged ${charges} times`] : [];
  }),
  inEachGeneration("shipped-once", (evidence) => {
    const { shipments } = sideEffects(evidence);
    return shipments > 1 ? [`shipped ${shipments} times`] : [];
  }),
  withRow("settled", (_evidence, { status }) => (isSettled(status) ? [] : [`stuck in ${status}`])),
  // Money and stock over all that the order was, the rows of ledgers in each of its generations.
  ...accounts.map((account) =>
    (isKept[account] ? withRow : inEachGeneration)(`ends-with-its-${account}`, unmet(account)),
  ),
  withRow("charge-agrees-with-refunds", ({ charges, refunds }) => [
    ...charges.flatMap((charge) => disagreement(charge, refunds)),
    ...refunds
      .filter(({ chargeId }) => !charges.some((charge) => charge.chargeId === chargeId))
      .map(({ chargeId }) => `a refund of ${chargeId}, which was never charged`),
  ]),
  withRow("shipped-row-names-what-stands", (evidence, { status, order }) =>
    status === "SHIPPED" ? Object.entries(standing(evidence)).flatMap(([name, ids]) => unnamed(name, ids, order)) : [],
  ),
  withRow("parked-for-a-reason", (_evidence, { status, reason }) =>
    isSettled(status) && endings[status].kind === "parked" && !reason ? [`${status} without a reason`] : [],
  ),
  withRow("its-document-is-taken", ({ document = "not there" }, { status }) =>
    document === "TAKEN" ? [] : [`is ${status}, and its document is ${document}`],
  ),
  withRow("no-order-of-a-rejected-placement", ({ rejection }, { status }) =>
    rejection ? [`is ${status}, and was rejected as ${rejection.error}`] : [],
  ),
  {
    id: "no-ledger-without-order",
    broken: (evidence) => (evidence.row ? [] : entered(evidence).map((ledger) => `${ledger} without an order`)),
  },
];

/** @returns the ledgers in which something was entered */
export const entered = ({ reservations, charges, refunds, shipments }: Evidence): string[] =>
  Object.entries({ reservations, charges, refunds, shipments }).flatMap(([ledger, entries]) =>
    entries.length > 0 ? [ledger] : [],
  );

type Broken = (evidence: Evidence, row: OrderRecord) => readonly string[];

/** A rule about an order that has a row. */
function withRow(id: string, broken: Broken): EvidenceRule {
  return { id, broken: (evidence) => (evidence.row ? broken(evidence, evidence.row) : []) };
}

/**
 * A rule about each generation of an order that has a row: all but the last were undone. Whatever is of none of those
 * is the last one's.
 */
function inEachGeneration(id: string, broken: Broken): EvidenceRule {
  return withRow(id, (evidence, row) => [
    ...Array.from({ length: row.generation - 1 }, (_, before) => before + 1).flatMap((generation) =>
      broken(
        ofGenerations(evidence, (each) => each === generation),
        { ...row, status: "INVENTORY_RELEASED" },
      ).map((what) => `${what}, in generation ${generation}`),
    ),
    ...broken(lastGeneration(evidence), row),
  ]);
}

/** What an order left behind otherwise than its ending demands. */
function unmet(account: keyof Demands) {
  return (evidence: Evidence, { status, order }: OrderRecord): string[] => {
    const ending = isSettled(status) ? endings[status] : undefined;
    if (ending?.kind !== "terminal") return [];
    const did = sideEffects(evidence);
    const demanded: Demands[typeof account] = ending.leaves(order, did.charges)[account];
    const left = { ...did, balanceCents: did.chargedCents - did.refundedCents }[account];
    return demanded === "any" || demanded === left
      ? []
      : [`${status} with ${left} ${inWords[account]} instead of ${demanded}`];
  };
}

const inWords: Readonly<Record<keyof Demands, string>> = {
  unitsHeld: "units held",
  balanceCents: "cents kept",
  charges: "charges",
  refunds: "refunds",
  shipments: "shipments",
};

/** A charge is REFUNDED when its money went back, all of it and once, and not otherwise. */
function disagreement({ state, chargeId, amountCents }: Charge, refunds: readonly Refund[]): string[] {
  const back = refunds.filter((refund) => refund.chargeId === chargeId).map((refund) => refund.amountCents);
  const isRight = state === "REFUNDED" ? back.length === 1 && back[0] === amountCents : back.length === 0;
  return isRight
    ? []
    : [`the charge is ${state}, and ${back.length} refunds gave back ${back.join(" + ") || "nothing"}`];
}

/** The ids of what stands in the ledgers, by the field of the row that names them. */
const standing = ({ reservations, charges, shipments }: Evidence) => ({
  reservationId: reservations.filter(({ state }) => holdsUnits[state]).map((each) => each.reservationId),
  chargeId: charges.filter(({ state }) => tookMoney[state]).map((each) => each.chargeId),
  trackingNumber: shipments.filter(({ state }) => sentParcel[state]).map((each) => each.trackingNumber),
});

function unnamed(name: string, ids: readonly string[], order: OrderRecord["order"]): string[] {
  const named = (order as Readonly<Record<string, unknown>>)[name];
  return ids.includes(named as string)
    ? []
    : [`its row has the ${name} ${String(named)}, and ${ids.join(", ")} stands`];
}

/** @returns what is wrong with an order that has been given all the time it needs; nothing when all is well */
export const violations = (evidence: Evidence): string[] => evidenceRules.flatMap(({ broken }) => broken(evidence));
