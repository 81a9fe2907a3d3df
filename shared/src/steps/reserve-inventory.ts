import { InventoryTimedOut, InventoryUnavailable } from "../errors.ts";
import { CreatedOrder } from "../order.ts";
import { forwardStep } from "./effect-step.ts";

export const reserveInventory = forwardStep({
  name: "ReserveInventory",
  accepts: CreatedOrder,
  achieves: "InventoryReserved",
  refusals: [{ error: InventoryUnavailable, leadsTo: "InventoryFailed" }],
  ambiguities: [InventoryTimedOut],
  effect: ({ orderId, sku, quantity }, { inventory }, keyOf) =>
    inventory.reserve({ orderId, sku, quantity, idempotencyKey: keyOf("ReserveInventory") }),
});
