import type { Charge, Evidence, Refund, Shipment } from "@ovsc/shared";
import { describe, expect, test } from "vitest";
import { judge } from "../../src/judgement/judge.ts";
import { batch, charge, outcome, refund, shipment, shipped } from "./outcomes.ts";

const keyed = (generation: number, step: string) => `placement-1.${generation}:${step}`;
const chargeIn = (generation: number, of: Partial<Charge> = {}): Charge => ({
  ...charge,
  idempotencyKey: keyed(generation, "ChargePayment"),
  chargeId: `CH-${generation}`,
  ...of,
});
const refundIn = (generation: number): Refund => ({
  ...refund,
  idempotencyKey: keyed(generation, "RefundPayment"),
  chargeId: `CH-${generation}`,
});
const parcelIn = (generation: number, state: Shipment["state"]): Shipment => ({
  ...shipment,
  idempotencyKey: keyed(generation, "ShipOrder"),
  trackingNumber: `TRK-${generation}`,
  state,
});
const reservation = shipped.reservations[0]!;
const wayBack = [
  "PENDING",
  "RESERVED",
  "CHARGED",
  "REFUNDING",
  "PAYMENT_REFUNDED",
  "RELEASING",
  "INVENTORY_RELEASED",
] as const;

/** An order that was undone once it was charged, began anew, and shipped. */
const home: Evidence = {
  ...shipped,
  row: {
    ...shipped.row!,
    generation: 2,
    order: { ...shipped.row!.order, chargeId: "CH-2", trackingNumber: "TRK-2" },
    statuses: [...wayBack, ...shipped.row!.statuses],
  },
  reservations: [
    { ...reservation, idempotencyKey: keyed(1, "ReserveInventory"), reservationId: "RES-0", state: "RELEASED" },
    { ...reservation, idempotencyKey: keyed(2, "ReserveInventory") },
  ],
  charges: [chargeIn(1, { state: "REFUNDED" }), chargeIn(2)],
  refunds: [refundIn(1)],
  shipments: [parcelIn(1, "VOIDED"), parcelIn(2, "SHIPPED")],
};
const first = ["OrderPlaced", "OrderCreated", "InventoryReserved", "PaymentCharged", "PaymentRefunded"];
const second = ["OrderCreated", "InventoryReserved", "PaymentCharged", "OrderShipped"];

const findings = (evidence: Evidence, said: readonly string[] = [...first, "InventoryReleased", ...second]) =>
  judge(batch, { one: { ...outcome(evidence), published: [said] } }).findings.map(({ what }) => what);

describe("the judgement of an order that began anew", () => {
  test("finds nothing where the first generation was taken back, and the second ended well", () => {
    expect(findings(home)).toEqual([]);
  });

  test("counts charges and parcels of each generation, and money over all", () => {
    expect(findings({ ...home, charges: [...home.charges, chargeIn(2)] })).toContain("charged 2 times");
    expect(findings({ ...home, shipments: [parcelIn(1, "SHIPPED"), parcelIn(2, "SHIPPED")] })).toContain(
      "INVENTORY_RELEASED with 1 shipments instead of 0, in generation 1",
    );
    const kept = findings({ ...home, charges: [chargeIn(1), chargeIn(2)], refunds: [] });
    expect(kept).toContain("INVENTORY_RELEASED with 0 refunds instead of 1, in generation 1");
    expect(kept).toContain("SHIPPED with 9996 cents kept instead of 4998");
  });

  test("counts what is under no generation's key as the last one's", () => {
    expect(findings({ ...home, charges: [...home.charges, { ...chargeIn(2), idempotencyKey: "another" }] })).toContain(
      "charged 2 times",
    );
  });

  test("tells the facts of the generations apart: each end once it is there, and nothing new after it", () => {
    expect(findings(home, [...first, ...second])).toContain(
      "INVENTORY_RELEASED, and InventoryReleased was never published",
    );
    expect(findings(home, [...first, "OrderShipped", "InventoryReleased", ...second])).toContain(
      "OrderShipped was published, and it is INVENTORY_RELEASED",
    );
    expect(findings(home, [...first, "InventoryReleased", ...second, "PaymentRefunded"])).toContain(
      "PaymentRefunded was published after OrderShipped",
    );
    expect(findings(home, [...first, "InventoryReleased", ...second.slice(0, -1)])).toContain(
      "SHIPPED, and OrderShipped was never published",
    );
  });
});
