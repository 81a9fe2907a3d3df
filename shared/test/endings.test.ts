import { describe, expect, test } from "vitest";
import {
  accounts,
  type Charge,
  type Demands,
  endingNames,
  endings,
  type Evidence,
  isSettled,
  lifecycle,
  type OrderStatus,
  orderStatuses,
  type Refund,
  type Shipment,
  violations,
} from "../src/index.ts";
import { order } from "./example-order.ts";

const money = { amountCents: order.totalCents, currency: "GBP", chargeId: "CH-1" };
const charge: Charge = { idempotencyKey: "charge", state: "CHARGED", paymentToken: "tok_visa", ...money };
const refund: Refund = { idempotencyKey: "refund", ...money };
const shipment: Shipment = { idempotencyKey: "shipment", state: "SHIPPED", trackingNumber: "TRK-1" };

/** An order that left `units` out of stock, and these rows in the ledgers. */
const left = (
  status: OrderStatus,
  { units = 0, ...ledgers }: { units?: number } & Partial<Pick<Evidence, "charges" | "refunds" | "shipments">>,
): Evidence => ({
  orderId: order.orderId,
  placementId: "placement-1",
  document: "TAKEN",
  rejection: undefined,
  row: {
    placementId: "placement-1",
    generation: 1,
    ...(status === "NEEDS_ATTENTION" && { reason: { error: "RefundUnavailable", message: "no refunds now" } }),
    status,
    statuses: ["PENDING", status],
    order:
      status === "SHIPPED" ? { ...order, reservationId: "RES-1", chargeId: "CH-1", trackingNumber: "TRK-1" } : order,
  },
  reservations: [
    { idempotencyKey: "reservation", state: "HELD", sku: order.sku, quantity: units, reservationId: "RES-1" },
  ],
  charges: [],
  refunds: [],
  shipments: [],
  ...ledgers,
});

/** What an order leaves behind that ended so and is well. */
const well: Readonly<Record<keyof typeof endings, Evidence>> = {
  SHIPPED: left("SHIPPED", { units: 2, charges: [charge], shipments: [shipment] }),
  INVENTORY_FAILED: left("INVENTORY_FAILED", {}),
  INVENTORY_RELEASED: left("INVENTORY_RELEASED", { charges: [{ ...charge, state: "REFUNDED" }], refunds: [refund] }),
  NEEDS_ATTENTION: left("NEEDS_ATTENTION", { units: 2, charges: [charge] }),
};

/** One thing more, or less, in each account and in no other. */
const wrongs: Readonly<Record<keyof Demands, (evidence: Evidence) => Evidence>> = {
  unitsHeld: (evidence) => ({
    ...evidence,
    reservations: evidence.reservations.map((each) => ({ ...each, quantity: 7 })),
  }),
  balanceCents: (evidence) =>
    evidence.charges.length > 0
      ? { ...evidence, charges: evidence.charges.map((each) => ({ ...each, amountCents: 1 })) }
      : // Money taken for nothing cannot be without a charge.
        { ...evidence, charges: [charge] },
  charges: ({ charges, ...evidence }) => ({ ...evidence, charges: [...charges, { ...charge, amountCents: 0 }] }),
  refunds: ({ refunds, ...evidence }) => ({ ...evidence, refunds: [...refunds, { ...refund, amountCents: 0 }] }),
  shipments: ({ shipments, ...evidence }) => ({
    ...evidence,
    shipments: shipments.length > 0 ? [] : [shipment],
  }),
};
const words = {
  unitsHeld: "units held",
  balanceCents: "cents kept",
  charges: "charges",
  refunds: "refunds",
  shipments: "shipments",
};

/** Each ending with each account it demands something of, or says nothing about. */
const rules = endingNames.flatMap((name) => {
  const ending = endings[name];
  if (ending.kind === "parked") return [];
  const demands: Demands = ending.leaves(order, 1);
  return accounts.map((account) => ({ name, account, demand: demands[account] }));
});

describe("an ending", () => {
  test.each(endingNames)("%s finds nothing wrong with an order that ended so and is well", (ending) => {
    expect(violations(well[ending])).toEqual([]);
  });

  test.each(rules.filter(({ demand }) => demand !== "any"))("$name tells of wrong $account", ({ name, account }) => {
    expect(violations(wrongs[account](well[name]))).toContainEqual(
      expect.stringMatching(new RegExp(`^${name} with -?\\d+ ${words[account]} instead of \\d+$`)),
    );
  });

  test("demands something of every account, but for how often a released order was charged", () => {
    const open = rules.filter(({ demand }) => demand === "any").map(({ name, account }) => `${name} ${account}`);
    expect(open).toEqual(["INVENTORY_RELEASED charges"]);
  });

  test("does not compile before it says what must hold", () => {
    // @ts-expect-error: nothing said
    const silent: (typeof endings)[keyof typeof endings] = { kind: "terminal" };
    // @ts-expect-error: nothing said of shipments
    const partial: Demands = { unitsHeld: 0, balanceCents: 0, charges: 0, refunds: 0 };
    expect([silent, partial]).toHaveLength(2);
  });

  test("is where some move leads", () => {
    const reached = new Set<string>(Object.values(lifecycle).map(({ to }) => to));
    expect(endingNames.filter((ending) => !reached.has(ending))).toEqual([]);
  });
});

describe("any order", () => {
  test.each(orderStatuses.filter((status) => !isSettled(status)))("is stuck in %s", (status) => {
    expect(violations(left(status, {}))).toEqual([`stuck in ${status}`]);
  });

  test("is charged once at most, shipped once at most, and refunded no more often than charged", () => {
    const { NEEDS_ATTENTION: parked } = well;
    expect(violations({ ...parked, charges: [charge, charge] })).toEqual(["charged 2 times"]);
    expect(violations({ ...parked, shipments: [shipment, shipment] })).toEqual(["shipped 2 times"]);
    const charges: Charge[] = [{ ...charge, state: "REFUNDED" }];
    expect(violations({ ...parked, charges, refunds: [refund, refund] })).toEqual([
      "the charge is REFUNDED, and 2 refunds gave back 4998 + 4998",
    ]);
  });

  test("owes nothing for a charge or a shipment that was refused or voided", () => {
    const { INVENTORY_FAILED: failed } = well;
    const charges: Charge[] = [
      { ...charge, state: "DECLINED" },
      { ...charge, state: "VOIDED" },
    ];
    const shipments: Shipment[] = [
      { ...shipment, state: "REFUSED" },
      { ...shipment, state: "VOIDED" },
    ];
    expect(violations({ ...failed, charges, shipments })).toEqual([]);
  });
});
