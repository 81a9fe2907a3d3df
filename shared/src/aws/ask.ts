import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { generationOf, type Ledgers } from "../ledgers.ts";
import type { PlacementRef } from "../placement.ts";
import type { OrderRecord, PlacementRecord } from "../ports.ts";
import { type OrderRow, recordOf } from "./order-row.ts";
import { placementOf, type PlacementRow } from "./placement-row.ts";
import { type Key, orderKey, placementKey, type Table } from "./table.ts";

/** Asks for the row of an order: one call. */
export async function askRow(table: Table, orderId: string): Promise<OrderRecord | undefined> {
  const row = await table.get<OrderRow>(orderKey(orderId));
  return row && recordOf(row);
}

/** Asks for a placement, and when it was made, in milliseconds since 1970: one call. */
export async function askPlacement(
  table: Table,
  placementId: string,
): Promise<(PlacementRecord & { readonly placedAtMs: number }) | undefined> {
  const row = await table.get<PlacementRow>(placementKey(placementId));
  return row && { ...placementOf(row), placedAtMs: Date.parse(row.since) };
}

/** The services that a saga uses, by the ledger that says what each did last. */
const services = ["RESERVATION", "CHARGE", "SHIPMENT"] as const satisfies readonly (keyof Ledgers)[];

/**
 * Asks each service what it did for a placement: a call each.
 * @returns the states of its entries of the last generation, by ledger
 */
export async function askServices(
  table: Table,
  { orderId, placementId }: PlacementRef,
): Promise<Partial<Record<keyof Ledgers, string>>> {
  const entries: { readonly ledger: keyof Ledgers; readonly generation: number; readonly state: string }[] = [];
  for (const ledger of services) {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :entries)",
        ExpressionAttributeValues: { ":pk": orderKey(orderId).pk, ":entries": `${ledger}#${placementId}.` },
        ConsistentRead: true,
      }),
    );
    for (const { sk, state } of Items as (Key & { readonly state: string })[])
      entries.push({ ledger, generation: generationOf({ idempotencyKey: sk }), state });
  }
  const newest = Math.max(...entries.map(({ generation }) => generation));
  const own = entries.filter(({ generation }) => generation === newest);
  return Object.fromEntries(own.map(({ ledger, state }) => [ledger, state]));
}
