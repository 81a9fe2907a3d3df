import { AnyOrder } from "../order.ts";
import { idempotencyKey, type Step } from "./step.ts";

/** Undoes ChargePayment, whether or not the charge ever happened. */
export const refundPayment: Step = {
  name: "RefundPayment",
  accepts: AnyOrder,
  begins: "RefundStarted",
  achieves: "PaymentRefunded",
  refusals: {},
  async effect(order, { carrier, payments }) {
    // The carrier may have taken a parcel whose answer was lost: no goods leave for money that goes back.
    await carrier.void({ orderId: order.orderId, shipmentKey: idempotencyKey(order, "ShipOrder") });
    await payments.refund({
      orderId: order.orderId,
      chargeKey: idempotencyKey(order, "ChargePayment"),
      idempotencyKey: idempotencyKey(order, "RefundPayment"),
    });
    return order;
  },
};
