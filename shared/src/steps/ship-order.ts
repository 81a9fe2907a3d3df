import { ShippingFailed, ShippingTimedOut } from "../errors.ts";
import { ChargedOrder } from "../order.ts";
import { forwardStep } from "./effect-step.ts";

/** The pivot step: once an order is SHIPPED, the saga never goes back. */
export const shipOrder = forwardStep({
  name: "ShipOrder",
  accepts: ChargedOrder,
  achieves: "OrderShipped",
  refusals: [{ error: ShippingFailed, leadsTo: "ShippingFailed" }],
  ambiguities: [ShippingTimedOut],
  effect: ({ orderId, address }, { carrier }, keyOf) =>
    carrier.ship({ orderId, address, idempotencyKey: keyOf("ShipOrder") }),
});
