import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Evidence } from "../evidence.ts";
import type { Ledgers } from "../ledgers.ts";
import { recordOf, type OrderRow } from "./order-row.ts";
import { type Key, type LedgerKind, orderKey, stockKey, type Table } from "./table.ts";

/** Everything the table knows of one order, in one Query. */
export async function readEvidence(table: Table, orderId: string): Promise<Evidence> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": orderKey(orderId).pk },
      ConsistentRead: true,
    }),
  );
  const rows = Items as Key[];
  const order = rows.find(({ sk }) => sk === "ORDER") as OrderRow | undefined;
  const ledger = <Kind extends LedgerKind>(kind: Kind) =>
    rows
      .filter(({ sk }) => sk.startsWith(`${kind}#`))
      .map(({ pk: _pk, sk, ...entry }) => ({ idempotencyKey: sk.slice(kind.length + 1), ...entry }) as Ledgers[Kind]);
  return {
    orderId,
    row: order && recordOf(order),
    reservations: ledger("RESERVATION"),
    charges: ledger("CHARGE"),
    refunds: ledger("REFUND"),
    shipments: ledger("SHIPMENT"),
  };
}

/** Puts `units` of a SKU on the shelf, whatever was there before. */
export async function stock(table: Table, sku: string, units: number): Promise<void> {
  await table.client.send(new PutCommand({ TableName: table.name, Item: { ...stockKey(sku), available: units } }));
}

/** @returns units on the shelf; 0 for a SKU that was never stocked */
export async function available(table: Table, sku: string): Promise<number> {
  const row = await table.get<Key & { available: number }>(stockKey(sku));
  return row?.available ?? 0;
}
