import { AnyOrder } from "../order.ts";
import { idempotencyKey, type Step } from "./step.ts";

/** Undoes ReserveInventory, whether or not the reservation ever happened. */
export const releaseInventory: Step = {
  name: "ReleaseInventory",
  accepts: AnyOrder,
  begins: "ReleaseStarted",
  achieves: "InventoryReleased",
  refusals: {},
  async effect(order, { inventory }) {
    await inventory.release({
      orderId: order.orderId,
      sku: order.sku,
      reservationKey: idempotencyKey(order, "ReserveInventory"),
    });
    return order;
  },
};
