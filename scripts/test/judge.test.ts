import type { Charge, Evidence, Order } from "@ovsc/shared";
import { describe, expect, test } from "vitest";
import { judge } from "../src/judgement/judge.ts";
import type { Batch, Outcome } from "../src/orders/batch.ts";
import { noCounts } from "../src/runs/counts.ts";

const order: Order = {
  orderId: "order-1",
  customerId: "customer-7",
  sku: "TEAPOT",
  quantity: 2,
  totalCents: 4998,
  currency: "GBP",
  paymentToken: "tok_visa",
  address: { name: "Ada Lovelace", line1: "12 St James's Square", city: "London", postcode: "SW1Y 4JH", country: "GB" },
};
const charge: Charge = {
  idempotencyKey: "order-1:ChargePayment",
  state: "CHARGED",
  amountCents: 4998,
  currency: "GBP",
  chargeId: "CH-1",
  paymentToken: "tok_visa",
};
const shipped: Evidence = {
  orderId: "order-1",
  row: { status: "SHIPPED", statuses: ["PENDING", "RESERVED", "CHARGED", "SHIPPED"], order },
  reservations: [
    {
      idempotencyKey: "order-1:ReserveInventory",
      state: "HELD",
      sku: "TEAPOT",
      quantity: 2,
      reservationId: "RES-1",
    },
  ],
  charges: [charge],
  refunds: [],
  shipments: [{ idempotencyKey: "order-1:ShipOrder", state: "SHIPPED", trackingNumber: "TRK-0" }],
};
const batch: Batch = { name: "happy", stock: { TEAPOT: 10 }, orders: [order], ends: ["SHIPPED"] };
const outcome = (evidence: Evidence, units = 8): Outcome => ({
  evidence: [evidence],
  deadLetters: 0,
  shelf: { TEAPOT: units },
  counts: noCounts,
});
const what = (choreography: Outcome, orchestration: Outcome) =>
  judge(batch, { choreography, orchestration }).map((finding) => finding.what);

describe("the judgement of a batch", () => {
  test("finds nothing where both variants left the same, and it adds up", () => {
    expect(what(outcome(shipped), outcome(shipped))).toEqual([]);
  });

  test("finds a double charge, by the second row of the ledger", () => {
    const twice = {
      ...shipped,
      charges: [...shipped.charges, { ...charge, idempotencyKey: "another" }],
    };
    expect(what(outcome(twice), outcome(twice))).toContain("charged 2 times");
  });

  test("finds an order that is stuck, and one that was never created", () => {
    const stuck: Evidence = { ...shipped, row: { ...shipped.row!, status: "CHARGED" } };
    expect(what(outcome(stuck), outcome(shipped))).toEqual(
      expect.arrayContaining(["stuck in CHARGED", "must end SHIPPED", "row.status differs"]),
    );
    expect(what(outcome({ ...shipped, row: undefined }), outcome(shipped))).toContain("was never created");
  });

  test("finds money that was kept, and stock that was lost", () => {
    const released: Evidence = { ...shipped, row: { ...shipped.row!, status: "INVENTORY_RELEASED" }, shipments: [] };
    expect(what(outcome(released), outcome(released))).toEqual(
      expect.arrayContaining([
        "INVENTORY_RELEASED with 4998 cents kept instead of 0",
        "INVENTORY_RELEASED with 2 units held instead of 0",
      ]),
    );
    expect(what(outcome(shipped, 7), outcome(shipped, 7))).toContain(
      "stock is not conserved: TEAPOT: 10 units were on the shelf, 7 are, and orders hold 2",
    );
  });

  test("names both sides of a difference", () => {
    const other: Evidence = {
      ...shipped,
      shipments: [{ idempotencyKey: "order-1:ShipOrder", state: "SHIPPED", trackingNumber: "TRK-1" }],
    };
    const [finding] = judge(batch, { choreography: outcome(shipped), orchestration: outcome(other) });
    expect(finding).toEqual({
      orderId: "order-1",
      what: "shipments.0.trackingNumber differs",
      choreography: "TRK-0",
      orchestration: "TRK-1",
    });
  });
});
