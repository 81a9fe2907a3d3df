import { CreatedOrder, type Order, type ReservedOrder } from "../order.ts";
import { idempotencyKey, type Step } from "./step.ts";

export const reserveInventory: Step<Order, ReservedOrder> = {
  name: "ReserveInventory",
  accepts: CreatedOrder,
  achieves: "InventoryReserved",
  refusals: { InventoryUnavailable: "InventoryFailed" },
  async effect(order, { inventory }) {
    const { reservationId } = await inventory.reserve({
      orderId: order.orderId,
      sku: order.sku,
      quantity: order.quantity,
      idempotencyKey: idempotencyKey(order, "ReserveInventory"),
    });
    return { ...order, reservationId };
  },
};
