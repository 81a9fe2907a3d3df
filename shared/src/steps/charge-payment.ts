import { type ChargedOrder, ReservedOrder } from "../order.ts";
import { idempotencyKey, type Step } from "./step.ts";

export const chargePayment: Step<ReservedOrder, ChargedOrder> = {
  name: "ChargePayment",
  accepts: ReservedOrder,
  achieves: "PaymentCharged",
  refusals: { PaymentDeclined: "PaymentDeclined" },
  async effect(order, { payments }) {
    const { chargeId } = await payments.charge({
      orderId: order.orderId,
      amountCents: order.totalCents,
      currency: order.currency,
      paymentToken: order.paymentToken,
      idempotencyKey: idempotencyKey(order, "ChargePayment"),
    });
    return { ...order, chargeId };
  },
};
