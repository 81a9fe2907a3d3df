import { PaymentDeclined, PaymentTimedOut } from "../errors.ts";
import { ReservedOrder } from "../order.ts";
import { forwardStep } from "./effect-step.ts";

export const chargePayment = forwardStep({
  name: "ChargePayment",
  accepts: ReservedOrder,
  achieves: "PaymentCharged",
  refusals: [{ error: PaymentDeclined, leadsTo: "PaymentDeclined" }],
  ambiguities: [PaymentTimedOut],
  waitsForApproval: true,
  effect: ({ orderId, totalCents, currency, paymentToken }, { payments }, keyOf) =>
    payments.charge({
      orderId,
      amountCents: totalCents,
      currency,
      paymentToken,
      idempotencyKey: keyOf("ChargePayment"),
    }),
});
