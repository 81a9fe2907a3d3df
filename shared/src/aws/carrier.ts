import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { ShippingFailed, ShippingTimedOut } from "../errors.ts";
import type { Carrier } from "../ports.ts";
import { carrierPostcodes } from "../test-tokens.ts";
import { converse } from "./conversation.ts";
import { receipt } from "./receipt.ts";
import { ledgerKey, type LedgerRow, stateChange, type Table } from "./table.ts";

/** A simulated carrier that answers by test postcode and keeps its ledger by idempotency key. */
export function carrierIn(table: Table): Carrier {
  return {
    async ship({ orderId, address, idempotencyKey }) {
      const answer = carrierPostcodes[address.postcode];
      const row: LedgerRow<"SHIPMENT"> = {
        ...ledgerKey(orderId, "SHIPMENT", idempotencyKey),
        state: answer?.verdict === "refuse" ? "REFUSED" : "SHIPPED",
        trackingNumber: receipt("TRK", idempotencyKey),
      };
      const shipment = await converse(table, answer, row, () => new ShippingTimedOut(idempotencyKey));
      if (shipment.state === "SHIPPED") return { trackingNumber: shipment.trackingNumber };
      throw new ShippingFailed(
        shipment.state === "REFUSED" ? "no delivery to this address" : "this shipment was voided",
      );
    },

    async void({ orderId, shipmentKey }) {
      const key = ledgerKey(orderId, "SHIPMENT", shipmentKey);
      const shipment = await table.putOnce<LedgerRow<"SHIPMENT">>({
        ...key,
        state: "VOIDED",
        trackingNumber: receipt("TRK", shipmentKey),
      });
      if (shipment?.state !== "SHIPPED") return;
      try {
        await table.client.send(new UpdateCommand(stateChange(table, key, { from: "SHIPPED", to: "VOIDED" })));
      } catch (error) {
        // Another delivery voided it between the read and the write.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}
