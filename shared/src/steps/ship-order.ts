import { ChargedOrder, type ShippedOrder } from "../order.ts";
import { idempotencyKey, type Step } from "./step.ts";

/** The pivot step: once an order is SHIPPED, the saga never goes back. */
export const shipOrder: Step<ChargedOrder, ShippedOrder> = {
  name: "ShipOrder",
  accepts: ChargedOrder,
  achieves: "OrderShipped",
  refusals: { ShippingFailed: "ShippingFailed" },
  async effect(order, { carrier }) {
    const { trackingNumber } = await carrier.ship({
      orderId: order.orderId,
      address: order.address,
      idempotencyKey: idempotencyKey(order, "ShipOrder"),
    });
    return { ...order, trackingNumber };
  },
};
