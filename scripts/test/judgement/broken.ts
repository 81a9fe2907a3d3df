import type { Charge, Evidence, OrderStatus } from "@ovsc/shared";
import type { Difference, Ending } from "@ovsc/shared/variant";
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
const said = (...published: string[]) => ({ published: [["OrderPlaced", "OrderCreated", ...published]] });
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
  /** What the other variant declares. */
  readonly declared?: readonly Difference[];
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

const refunded: Charge = { ...charge, state: "REFUNDED" };
const held = shipped.reservations[0]!;

/** A row of a ledger, as it was entered in one generation. */
const inGeneration =
  (generation: number) =>
  <Entry extends object>(entry: Entry): Entry => ({ ...entry, idempotencyKey: `placement-1.${generation}:Step` });
const [inFirst, inSecond] = [inGeneration(1), inGeneration(2)];
const second: Evidence["row"] = { ...ended("NEEDS_ATTENTION").row!, generation: 2 };

/** Further outcomes that break a rule, each in another way than the first. */
export const alsoBroken: readonly (Case & { readonly id: keyof typeof broken })[] = [
  {
    id: "charge-agrees-with-refunds",
    left: outcome(ended("NEEDS_ATTENTION", { refunds: [{ ...refund, chargeId: "CH-9" }] }), 10),
    finding: "a refund of CH-9, which was never charged",
  },
  {
    id: "charge-agrees-with-refunds",
    left: outcome(
      ended("NEEDS_ATTENTION", { charges: [refunded], refunds: [refund, { ...refund, chargeId: "CH-8" }] }),
      10,
    ),
    finding: "a refund of CH-8, which was never charged",
  },
  {
    id: "charge-agrees-with-refunds",
    left: outcome(ended("NEEDS_ATTENTION", { charges: [refunded], refunds: [{ ...refund, amountCents: 1 }] }), 10),
    finding: "the charge is REFUNDED, and 1 refunds gave back 1",
  },
  {
    id: "charge-agrees-with-refunds",
    left: outcome(ended("NEEDS_ATTENTION", { charges: [refunded], refunds: [refund, refund] }), 10),
    finding: "the charge is REFUNDED, and 2 refunds gave back 4998 + 4998",
  },
  {
    id: "charge-agrees-with-refunds",
    left: outcome(ended("NEEDS_ATTENTION", { charges: [refunded] }), 10),
    finding: "the charge is REFUNDED, and 0 refunds gave back nothing",
  },
  {
    id: "ends-with-its-shipments",
    left: outcome(ended("NEEDS_ATTENTION", { row: second, shipments: [inFirst(shipment)] }), 10),
    finding: "INVENTORY_RELEASED with 1 shipments instead of 0, in generation 1",
  },
  {
    id: "ends-with-its-refunds",
    left: outcome(
      ended("NEEDS_ATTENTION", { row: second, charges: [inFirst(refunded)], refunds: [inSecond(refund)] }),
      10,
    ),
    finding: "INVENTORY_RELEASED with 0 refunds instead of 1, in generation 1",
  },
  {
    id: "shipped-row-names-what-stands",
    left: outcome({
      ...shipped,
      reservations: [
        { ...held, state: "RELEASED" },
        { ...held, reservationId: "RES-2" },
      ],
    }),
    finding: "its row has the reservationId RES-1, and RES-2 stands",
  },
  {
    id: "record-tells-the-same-end",
    left: { ...outcome(shipped), ...record({ status: "FAILED", tells: undefined }) },
    finding: "SHIPPED, and its record says FAILED",
  },
  {
    id: "its-document-is-taken",
    left: outcome({ ...shipped, document: undefined }),
    finding: "is SHIPPED, and its document is not there",
  },
  {
    id: "no-sweeps",
    left: { ...outcome(shipped), sweeps: 1 },
    batch: { ends: ["SHIPPED"] },
    declared: [
      { scenarios: ["happy"], because: "it waits", source: "https://example.com", ends: ["INVENTORY_RELEASED"] },
    ],
    finding: "took the sweeper to come to an end",
  },
  {
    id: "ends-as-the-scenario-says",
    left: outcome(shipped),
    batch: { ends: ["INVENTORY_FAILED"], interchangeable: true },
    finding: "orders must end INVENTORY_FAILED, in any order",
  },
];

const back: Evidence = {
  ...shipped,
  row: ended("INVENTORY_RELEASED").row,
  reservations: [],
  charges: [],
  shipments: [],
};
const impatience = { scenarios: ["happy"], because: "somebody is impatient", source: "https://example.com" } as const;

/** Two orders, of which one goes another way. */
const both = (one: Evidence, units: number): Outcome => ({
  ...outcome(one, units),
  evidence: [one, { ...shipped, orderId: "order-2", placementId: "placement-2" }],
});
const twoOrders: Partial<Batch> = {
  ends: ["SHIPPED", "SHIPPED"],
  placements: [
    { placementId: "placement-1", order },
    { placementId: "placement-2", order: { ...order, orderId: "order-2" } },
  ],
};

/** Outcomes that break no rule, by what is unusual about them. */
export const fine: Readonly<Record<string, Omit<Case, "finding">>> = {
  "repeats, and steps that were said before the end": {
    left: {
      ...outcome(shipped),
      ...said("InventoryReserved", "PaymentCharged", "OrderShipped", "PaymentCharged", "OrderShipped"),
    },
  },
  "a charge that was declined beside one that was refunded": {
    left: outcome(
      ended("NEEDS_ATTENTION", {
        charges: [refunded, { ...charge, chargeId: "CH-2", state: "DECLINED" }],
        refunds: [refund],
      }),
      10,
    ),
  },
  "a record that gives out the order of the row": {
    left: {
      ...outcome(shipped),
      ...record({
        output: { ...shipped.row!.order, orderId: "order-1", placementId: "placement-1", status: "SHIPPED" },
      }),
    },
    batch: { cause: "Inventory unavailable" },
  },
  "a record of a placement that became no order": {
    left: {
      ...outcome({ ...ended("PENDING"), row: undefined, rejection }, 10),
      ...record({ status: "FAILED", tells: undefined }),
    },
    batch: { ends: ["REJECTED"] },
  },
  "orders that end so in any order": {
    left: outcome(shipped),
    batch: { ends: ["SHIPPED"], interchangeable: true },
  },
  "an order that ends otherwise as its variant declares, beside one that does not": {
    left: both(shipped, 6),
    other: both(back, 8),
    batch: twoOrders,
    declared: [{ ...impatience, ends: ["INVENTORY_RELEASED"] }],
  },
  "an order that the sweeper brings to its end, as its variant declares": {
    left: outcome(shipped),
    other: { ...outcome(shipped), sweeps: 1 },
    batch: { ends: ["SHIPPED"] },
    declared: [{ ...impatience, ends: ["SHIPPED"], swept: true }],
  },
};

/** @param without the rule that is left out */
export const findingsOf = ({ left, other = left, batch, declared = [] }: Omit<Case, "finding">, without?: string) => {
  const law = {
    rules: rules.filter(({ id }) => id !== without),
    parityRules: parityRules.filter(({ id }) => id !== without),
    differing: { second: declared },
  };
  const { findings } = judge({ ...anyEnd, ...batch }, { first: left, second: other }, law);
  return new Set(findings.map(({ what }) => what));
};
