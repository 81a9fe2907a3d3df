import { compensation } from "./effect-step.ts";

export const refundPayment = compensation({
  name: "RefundPayment",
  undoes: ["ShipOrder", "ChargePayment"],
  begins: "RefundStarted",
  whereNoRowIs: "RefundStarted",
  achieves: "PaymentRefunded",
  async effect({ orderId }, { carrier, payments }, keyOf) {
    // The carrier may have taken a parcel whose answer was lost: no goods leave for money that goes back.
    await carrier.void({ orderId, shipmentKey: keyOf("ShipOrder") });
    await payments.refund({
      orderId,
      chargeKey: keyOf("ChargePayment"),
      idempotencyKey: keyOf("RefundPayment"),
    });
  },
});
