import { compensation } from "./effect-step.ts";

export const releaseInventory = compensation({
  name: "ReleaseInventory",
  undoes: ["ReserveInventory"],
  begins: "ReleaseStarted",
  achieves: "InventoryReleased",
  effect: ({ orderId, sku }, { inventory }, keyOf) =>
    inventory.release({ orderId, sku, reservationKey: keyOf("ReserveInventory") }),
});
