import type { StepLog } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { isQuiet, publishedEvents } from "../src/quiet.ts";

const line = (step: string, message: string, causationId: string, event?: string): StepLog => ({
  atMs: 0,
  step,
  message,
  causationId,
  correlationId: "order-1",
  ...(event && { event }),
});
const started = (step: string, event: string, causationId: string) => line(step, "step started", causationId, event);

const created = [started("CreateOrder", "OrderPlaced", "e1"), line("CreateOrder", "OrderCreated", "e1")];
const failed = [started("ReserveInventory", "OrderCreated", "e2"), line("ReserveInventory", "InventoryFailed", "e2")];
const charging = [
  ...created,
  started("ReserveInventory", "OrderCreated", "e2"),
  line("ReserveInventory", "InventoryReserved", "e2"),
];
const tries = (count: number) =>
  Array.from({ length: count }, () => [
    started("ChargePayment", "InventoryReserved", "e3"),
    line("ChargePayment", "step failed", "e3"),
  ]).flat();

describe("an order in the choreography, by its logs", () => {
  test("is quiet when its last event wakes nobody", () => {
    expect(isQuiet([...created, ...failed], 1)).toBe(true);
  });

  test("is not, before every submission was taken", () => {
    expect(isQuiet([], 1)).toBe(false);
    expect(isQuiet([...created, ...failed], 2)).toBe(false);
  });

  test("is not, while a step runs", () => {
    expect(isQuiet([...created, failed[0]!], 1)).toBe(false);
  });

  test("is not, while an event is on its way to a step", () => {
    expect(isQuiet(created, 1)).toBe(false);
  });

  test("is not, while a failed step waits for its next try, or its undo for the news", () => {
    expect(isQuiet([...charging, ...tries(1)], 1)).toBe(false);
    expect(isQuiet([...charging, ...tries(3)], 1)).toBe(false);
    const refunded = [
      started("RefundPayment", "InventoryReserved", "e3"),
      line("RefundPayment", "PaymentRefunded", "e3"),
    ];
    const released = [
      started("ReleaseInventory", "PaymentRefunded", "e4"),
      line("ReleaseInventory", "InventoryReleased", "e4"),
    ];
    expect(isQuiet([...charging, ...tries(3), ...refunded], 1)).toBe(false);
    expect(isQuiet([...charging, ...tries(3), ...refunded, ...released], 1)).toBe(true);
  });

  test("is quiet when a retry succeeded", () => {
    const shipped = [started("ShipOrder", "PaymentCharged", "e4"), line("ShipOrder", "OrderShipped", "e4")];
    const charged = [
      started("ChargePayment", "InventoryReserved", "e3"),
      line("ChargePayment", "PaymentCharged", "e3"),
    ];
    expect(isQuiet([...charging, ...tries(1), ...charged, ...shipped], 1)).toBe(true);
  });

  test("is quiet when a try was killed before it could log its end, and the next succeeded", () => {
    const killed = started("ShipOrder", "PaymentCharged", "e4");
    const shipped = [started("ShipOrder", "PaymentCharged", "e4"), line("ShipOrder", "OrderShipped", "e4")];
    const charged = [
      started("ChargePayment", "InventoryReserved", "e3"),
      line("ChargePayment", "PaymentCharged", "e3"),
    ];
    expect(isQuiet([...charging, ...charged, killed], 1)).toBe(false);
    expect(isQuiet([...charging, ...charged, killed, ...shipped], 1)).toBe(true);
  });

  test("tells its events, those of exhausted retries too", () => {
    expect(publishedEvents([...charging, ...tries(3)])).toEqual([
      "OrderCreated",
      "InventoryReserved",
      "ChargePayment exhausted",
    ]);
  });
});
