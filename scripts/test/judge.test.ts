import type { Charge, Evidence, Order } from "@ovsc/shared";
import { describe, expect, test } from "vitest";
import { judge } from "../src/judgement/judge.ts";
import { together } from "../src/judgement/verdict.ts";
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
  endings: [],
  deadLetters: 0,
  shelf: { TEAPOT: units },
  counts: noCounts,
});
const what = (choreography: Outcome, orchestration: Outcome) =>
  judge(batch, { choreography, orchestration }).findings.map((finding) => finding.what);

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

  test("holds each variant against the first, and names both sides of a difference", () => {
    const other: Evidence = {
      ...shipped,
      shipments: [{ idempotencyKey: "order-1:ShipOrder", state: "SHIPPED", trackingNumber: "TRK-1" }],
    };
    const { findings } = judge(batch, { first: outcome(shipped), second: outcome(shipped), third: outcome(other) });
    expect(findings).toEqual([
      {
        orderId: "order-1",
        what: "shipments.0.trackingNumber differs",
        seen: { first: "TRK-0", third: "TRK-1" },
      },
    ]);
  });

  test("finds a shipped order whose record says otherwise, and a refusal that gives another reason", () => {
    const ending = { id: "arn", status: "FAILED", succeeded: false, cause: "Shipping failed" };
    const shippedYetFailed = { ...outcome(shipped), endings: [ending] };
    expect(judge(batch, { one: shippedYetFailed }).findings[0]?.what).toBe("SHIPPED, and its record says FAILED");

    const refused: Evidence = {
      ...shipped,
      row: { ...shipped.row!, status: "INVENTORY_FAILED" },
      reservations: [],
      charges: [],
      shipments: [],
    };
    const expected: Batch = { ...batch, ends: ["INVENTORY_FAILED"], cause: "Inventory unavailable" };
    const { findings } = judge(expected, { one: { ...outcome(refused, 10), endings: [ending] } });
    expect(findings.map((each) => each.what)).toEqual(["its record must say: Inventory unavailable"]);
  });

  test("finds an order that came out other than the row has it", () => {
    const ending = { id: "arn", status: "SUCCEEDED", succeeded: true, output: { ...order, totalCents: 1 } };
    const { findings } = judge(batch, { one: { ...outcome(shipped), endings: [ending] } });
    expect(findings.map((each) => each.what)).toEqual(["the order that came out is not the order of the row"]);
  });

  test("is unknown where there was nothing to judge: no data is never valid", () => {
    const nothing: Outcome = { evidence: [], endings: [], deadLetters: 0, shelf: {}, counts: noCounts };
    const noOrders: Batch = { name: "none", stock: {}, orders: [] };
    expect(judge(noOrders, { one: nothing, two: nothing }).verdict).toBe("unknown");
    expect(judge(noOrders, {}).verdict).toBe("unknown");
    const lost: Batch = { name: "lost", stock: {}, orders: [order, { ...order, orderId: "order-2" }] };
    expect(judge(lost, { one: { ...outcome(shipped), shelf: {} } }).verdict).toBe("unknown");
    expect(together([])).toBe("unknown");
    expect(together(["valid", "unknown"])).toBe("unknown");
    expect(together(["valid", "unknown", "invalid"])).toBe("invalid");
    expect(together(["valid"])).toBe("valid");
  });
});
