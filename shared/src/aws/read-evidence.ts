import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Evidence } from "../evidence.ts";
import type { Ledgers } from "../ledgers.ts";
import type { PlacementRef } from "../placement.ts";
import type { OrderRecord } from "../ports.ts";
import { recordOf, type OrderRow } from "./order-row.ts";
import { placementsIn } from "./placement-row.ts";
import { type Key, type LedgerKind, orderKey, stockKey, type Table } from "./table.ts";

/** Everything the table knows of one placement's order: two reads. */
export async function readEvidence(table: Table, { orderId, placementId }: PlacementRef): Promise<Evidence> {
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
  const placement = await placementsIn(table).get(placementId);
  const ledger = <Kind extends LedgerKind>(kind: Kind) =>
    rows
      .filter(({ sk }) => sk.startsWith(`${kind}#${placementId}.`))
      .map(({ pk: _pk, sk, ...entry }) => ({ idempotencyKey: sk.slice(kind.length + 1), ...entry }) as Ledgers[Kind]);
  return {
    orderId,
    placementId,
    row: order?.placementId === placementId ? withoutTime(recordOf(order)) : undefined,
    document: placement?.state,
    rejection: placement?.reason,
    reservations: ledger("RESERVATION"),
    charges: ledger("CHARGE"),
    refunds: ledger("REFUND"),
    shipments: ledger("SHIPMENT"),
  };
}

/** @returns which placement an order is of; nothing where the order has no row */
export async function placementOfOrder(table: Table, orderId: string): Promise<PlacementRef | undefined> {
  const row = await table.get<OrderRow>(orderKey(orderId));
  return row && { orderId, placementId: row.placementId };
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

/** What happened at another time is the same evidence. */
const withoutTime = ({ since: _since, ...record }: OrderRecord): OrderRecord => record;
