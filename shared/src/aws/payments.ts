import { PaymentDeclined, PaymentTimedOut, RefundUnavailable } from "../errors.ts";
import type { Payments } from "../ports.ts";
import { paymentTokens } from "../test-tokens.ts";
import { converse } from "./conversation.ts";
import { receipt } from "./receipt.ts";
import { hasReason, ledgerKey, type LedgerRow, stateChange, type Table } from "./table.ts";

/** A simulated payment gateway that answers by test token and keeps its ledger by idempotency key. */
export function paymentsIn(table: Table): Payments {
  return {
    async charge({ orderId, amountCents, currency, paymentToken, idempotencyKey }) {
      const token = paymentTokens[paymentToken];
      const key = ledgerKey(orderId, "CHARGE", idempotencyKey);
      const row: LedgerRow<"CHARGE"> = {
        ...key,
        state: token?.verdict === "accept" ? "CHARGED" : "DECLINED",
        amountCents,
        currency,
        chargeId: receipt("CH", idempotencyKey),
        paymentToken,
      };
      const charge = await converse(table, token, row, () => new PaymentTimedOut(idempotencyKey));
      if (charge.state === "CHARGED") return { chargeId: charge.chargeId };
      if (charge.state === "DECLINED") throw new PaymentDeclined(token ? "by the issuer" : "unknown token");
      throw new PaymentDeclined(`this charge was ${charge.state.toLowerCase()}`);
    },

    async refund({ orderId, chargeKey, idempotencyKey }) {
      const key = ledgerKey(orderId, "CHARGE", chargeKey);
      const tombstone: LedgerRow<"CHARGE"> = {
        ...key,
        state: "VOIDED",
        amountCents: 0,
        currency: "",
        chargeId: "",
        paymentToken: "",
      };
      const charge = await table.putOnce<LedgerRow<"CHARGE">>(tombstone);
      if (charge?.state !== "CHARGED") return;
      if (paymentTokens[charge.paymentToken]?.undoFails) throw new RefundUnavailable(charge.chargeId);
      const { amountCents, currency, chargeId } = charge;
      const refund = ledgerKey(orderId, "REFUND", idempotencyKey);
      const refunded: LedgerRow<"REFUND"> = { ...refund, amountCents, currency, chargeId };
      try {
        await table.transact([
          { Update: stateChange(table, key, { from: "CHARGED", to: "REFUNDED" }) },
          {
            Put: {
              TableName: table.name,
              Item: refunded,
              ConditionExpression: "attribute_not_exists(pk)",
            },
          },
        ]);
      } catch (error) {
        // Another delivery refunded it between the read and the write.
        if (!hasReason(error, "ConditionalCheckFailed")) throw error;
      }
    },
  };
}
