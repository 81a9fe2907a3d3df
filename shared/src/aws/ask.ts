import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Ledgers } from "../ledgers.ts";
import type { PlacementRef } from "../placement.ts";
import type { OrderRecord, PlacementRecord } from "../ports.ts";
import { type OrderRow, recordOf } from "./order-row.ts";
import { placementOf, type PlacementRow } from "./placement-row.ts";
import { orderKey, placementKey, type Table } from "./table.ts";

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

/** Asks each service what it did for a placement: a call each. @returns the states of its entries, by ledger */
export async function askServices(
  table: Table,
  { orderId, placementId }: PlacementRef,
): Promise<Partial<Record<keyof Ledgers, string>>> {
  const states: Partial<Record<keyof Ledgers, string>> = {};
  for (const ledger of services) {
    const { Items = [] } = await table.client.send(
      new QueryCommand({
        TableName: table.name,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :entries)",
        ExpressionAttributeValues: { ":pk": orderKey(orderId).pk, ":entries": `${ledger}#${placementId}.` },
        ConsistentRead: true,
      }),
    );
    const last = Items.at(-1) as { readonly state: string } | undefined;
    if (last) states[ledger] = last.state;
  }
  return states;
}
