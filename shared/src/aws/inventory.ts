import { InventoryTimedOut, InventoryUnavailable, ReleaseUnavailable } from "../errors.ts";
import type { Inventory } from "../ports.ts";
import { inventorySkus } from "../test-tokens.ts";
import { receipt } from "./receipt.ts";
import { hasReason, ledgerKey, type LedgerRow, stateChange, stockKey, type Table } from "./table.ts";

/** Counted stock: what is available plus what reservations hold is what was delivered to the shelf. */
export function inventoryIn(table: Table): Inventory {
  return {
    async reserve({ orderId, sku, quantity, idempotencyKey }) {
      const key = ledgerKey(orderId, "RESERVATION", idempotencyKey);
      const row: LedgerRow<"RESERVATION"> = {
        ...key,
        state: "HELD",
        sku,
        quantity,
        reservationId: receipt("RES", idempotencyKey),
      };
      try {
        await table.transact([
          {
            Update: {
              TableName: table.name,
              Key: stockKey(sku),
              UpdateExpression: "SET available = available - :quantity",
              ConditionExpression: "available >= :quantity",
              ExpressionAttributeValues: { ":quantity": quantity },
            },
          },
          { Put: { TableName: table.name, Item: row, ConditionExpression: "attribute_not_exists(pk)" } },
        ]);
        return answered(row, idempotencyKey);
      } catch (error) {
        if (!hasReason(error, "ConditionalCheckFailed")) throw error;
        // Either the key has a row already, or there is not enough: then the refusal takes the key, so that a second
        // delivery cannot reserve for an order that was told no.
        const refused: LedgerRow<"RESERVATION"> = { ...row, state: "REFUSED" };
        return answered((await table.putOnce(refused)) ?? refused, idempotencyKey);
      }
    },

    async release({ orderId, sku, reservationKey }) {
      const key = ledgerKey(orderId, "RESERVATION", reservationKey);
      const tombstone: LedgerRow<"RESERVATION"> = {
        ...key,
        state: "RELEASED",
        sku,
        quantity: 0,
        reservationId: receipt("RES", reservationKey),
      };
      const row = await table.putOnce<LedgerRow<"RESERVATION">>(tombstone);
      if (row?.state !== "HELD") return;
      if (inventorySkus[row.sku]?.undoFails) throw new ReleaseUnavailable(row.sku);
      try {
        await table.transact([
          {
            Update: {
              TableName: table.name,
              Key: stockKey(row.sku),
              UpdateExpression: "SET available = available + :quantity",
              ExpressionAttributeValues: { ":quantity": row.quantity },
            },
          },
          { Update: stateChange(table, key, { from: "HELD", to: "RELEASED" }) },
        ]);
      } catch (error) {
        // Another delivery released it between the read and the write.
        if (!hasReason(error, "ConditionalCheckFailed")) throw error;
      }
    },
  };
}

/** What a reservation's row says to whoever asks, if the answer arrives. */
function answered(row: LedgerRow<"RESERVATION">, idempotencyKey: string): { reservationId: string } {
  if (inventorySkus[row.sku]?.lost === "every answer") throw new InventoryTimedOut(idempotencyKey);
  if (row.state === "HELD") return { reservationId: row.reservationId };
  throw new InventoryUnavailable(row.sku, row.quantity);
}
