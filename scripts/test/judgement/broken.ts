import type { Charge, Evidence, OrderStatus } from "@ovsc/shared";
import type { Ending } from "@ovsc/shared/variant";
import { judge } from "../../src/judgement/judge.ts";
import { parityRules, rules } from "../../src/judgement/rules.ts";
import type { Batch, Outcome } from "../../src/orders/batch.ts";
import { batch as anyEnd, charge, order, outcome, refund, shipment, shipped } from "./outcomes.ts";

const ended = (status: OrderStatus, evidence: Partial<Evidence> = {}): Evidence => ({
  orderId: "order-1",
  placementId: "placement-1",
  document: "TAKEN",
  rejection: undefined,
  row: {
    order,
    status,
    statuses: ["PENDING", "RESERVED", "CHARGED", status],
    placementId: "placement-1",
    generation: 1,
    reason: { error: "RefundUnavailable", message: "the payment gateway does not refund CH-1" },
  },
  reservations: [],
  charges: [],
  refunds: [],
  shipments: [],
  ...evidence,
});
const rejection = { error: "OrderConflict", message: "taken" };
const free: Charge = { ...charge, amountCents: 0 };
/** What was published besides how an order begins. */
export const said = (...published: string[]) => ({ published: [["OrderPlaced", "OrderCreated", ...published]] });
const record = (ending: Partial<Ending>) => ({
  endings: [{ id: "arn", status: "SUCCEEDED", tells: "SHIPPED", ...ending } satisfies Ending],
});

/** A broken outcome, and what it breaks. */
export interface Case {
  /** What it left behind, all of it well but for this one rule. */
  readonly left: Outcome;
  /** What another variant left behind; the same if not given. */
  readonly other?: Outcome;
  readonly batch?: Partial<Batch>;
  readonly finding: string;
}

/** A broken outcome for each rule. */
export const broken: Readonly<Record<string, Case>> = {
  "ends-as-the-scenario-says": {
    left: outcome(shipped),
    batch: { ends: ["INVENTORY_FAILED"] },
    finding: "must end INVENTORY_FAILED",
  },
  created: { left: outcome({ ...ended("PENDING"), row: undefined }, 10), finding: "was never created" },
  placed: {
    left: outcome({ ...ended("PENDING"), row: undefined, rejection }, 10),
    finding: "was not placed: OrderConflict",
  },
  "its-document-is-taken": {
    left: outcome({ ...shipped, document: "PLACED" }),
    finding: "is SHIPPED, and its document is PLACED",
  },
  "no-order-of-a-rejected-placement": {
    left: outcome({ ...shipped, rejection }),
    batch: { ends: ["SHIPPED"] },
    finding: "is SHIPPED, and was rejected as OrderConflict",
  },
  "charged-once": {
    left: outcome(ended("NEEDS_ATTENTION", { charges: [charge, { ...charge, chargeId: "CH-2" }] }), 10),
    finding: "charged 2 times",
  },
  "shipped-once": {
    left: outcome(ended("NEEDS_ATTENTION", { shipments: [shipment, shipment] }), 10),
    finding: "shipped 2 times",
  },
  settled: { left: outcome(ended("CHARGED"), 10), finding: "stuck in CHARGED" },
  "ends-with-its-unitsHeld": {
    left: outcome(ended("INVENTORY_RELEASED", { reservations: shipped.reservations })),
    finding: "INVENTORY_RELEASED with 2 units held instead of 0",
  },
  "ends-with-its-balanceCents": {
    left: outcome({ ...shipped, charges: [{ ...charge, amountCents: 1 }] }),
    finding: "SHIPPED with 1 cents kept instead of 4998",
  },
  "ends-with-its-charges": {
    left: outcome(ended("INVENTORY_FAILED", { charges: [free] }), 10),
    finding: "INVENTORY_FAILED with 1 charges instead of 0",
  },
  "ends-with-its-refunds": {
    left: outcome(ended("INVENTORY_RELEASED", { charges: [free] }), 10),
    finding: "INVENTORY_RELEASED with 0 refunds instead of 1",
  },
  "ends-with-its-shipments": {
    left: outcome(ended("INVENTORY_RELEASED", { shipments: [shipment] }), 10),
    finding: "INVENTORY_RELEASED with 1 shipments instead of 0",
  },
  "parked-for-a-reason": {
    left: outcome(ended("NEEDS_ATTENTION", { row: { ...shipped.row!, status: "NEEDS_ATTENTION" } }), 10),
    finding: "NEEDS_ATTENTION without a reason",
  },
  "charge-agrees-with-refunds": {
    left: outcome(ended("NEEDS_ATTENTION", { charges: [charge], refunds: [refund] }), 10),
    finding: "the charge is CHARGED, and 1 refunds gave back 4998",
  },
  "shipped-row-names-what-stands": {
    left: outcome({ ...shipped, row: { ...shipped.row!, order: { ...shipped.row!.order, trackingNumber: "TRK-9" } } }),
    finding: "its row has the trackingNumber TRK-9, and TRK-0 stands",
  },
  "no-ledger-without-order": {
    left: outcome(ended("PENDING", { row: undefined, shipments: [{ ...shipment, state: "VOIDED" }] }), 10),
    finding: "shipments without an order",
  },
  "stock-conserved": {
    left: outcome(shipped, 7),
    finding: "stock is not conserved: TEAPOT: 10 units were on the shelf, 7 are, and orders hold 2",
  },
  "end-is-said": {
    left: { ...outcome(shipped), ...said("PaymentCharged") },
    finding: "SHIPPED, and OrderShipped was never published",
  },
  "what-is-said-is-so": {
    left: { ...outcome(ended("NEEDS_ATTENTION"), 10), ...said("OrderParked", "OrderShipped") },
    finding: "OrderShipped was published, and it is NEEDS_ATTENTION",
  },
  "nothing-new-after-the-end": {
    left: { ...outcome(shipped), ...said("OrderShipped", "PaymentCharged") },
    finding: "PaymentCharged was published after OrderShipped",
  },
  "record-tells-the-same-end": {
    left: { ...outcome(shipped), ...record({ status: "FAILED", tells: undefined, error: "OrderRefused" }) },
    finding: "SHIPPED, and its record says FAILED as OrderRefused",
  },
  "record-gives-the-cause": {
    left: { ...outcome(ended("INVENTORY_FAILED"), 10), ...record({ tells: "INVENTORY_FAILED", cause: "Never mind" }) },
    batch: { cause: "Inventory unavailable" },
    finding: "its record must say: Inventory unavailable",
  },
  "record-gives-the-row": {
    left: { ...outcome(shipped), ...record({ output: { ...shipped.row!.order, totalCents: 1 } }) },
    finding: "what its record gives out is not the order of the row",
  },
  "no-sweeps": {
    left: { ...outcome(shipped), sweeps: 1 },
    finding: "took the sweeper to come to an end",
  },
  "no-dead-letters": {
    left: { ...outcome(shipped), deadLetters: 1 },
    finding: "left messages on the dead-letter queue",
  },
  "same-rows-and-ledgers": {
    left: outcome(shipped),
    other: outcome({ ...shipped, charges: [{ ...charge, currency: "EUR" }] }),
    finding: "charges.0.currency differs",
  },
  "same-shelf": {
    left: outcome(shipped),
    other: { ...outcome(shipped), shelf: { TEAPOT: 8, TEACUP: 1 } },
    finding: "shelf.TEACUP differs",
  },
};

/** @param without the rule that is left out */
export const findingsOf = ({ left, other = left, batch }: Case, without?: string) => {
  const law = {
    rules: rules.filter(({ id }) => id !== without),
    parityRules: parityRules.filter(({ id }) => id !== without),
  };
  const { findings } = judge({ ...anyEnd, ...batch }, { first: left, second: other }, law);
  return new Set(findings.map(({ what }) => what));
};
