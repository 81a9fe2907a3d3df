import { createHash } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { OrderConflict } from "../errors.ts";
import type { Placement } from "../placement.ts";
import type { PlacementRecord, Placements } from "../ports.ts";
import type { Openness } from "./order-row.ts";
import { type Key, placementKey, type Table } from "./table.ts";
import type { Now } from "./time.ts";

/** The document that a client writes to place an order, and what became of it. */
export type PlacementRow = Key & PlacementRecord & Openness & { readonly digest: string };

/**
 * Writes the document of a placement, once. This is the client's part: whoever says that the order was placed says only
 * whose it is.
 * @throws OrderConflict when the placement was made before with other content
 */
export async function writePlacement(table: Table, { placementId, order }: Placement, now: Now): Promise<void> {
  const digest = createHash("sha256").update(canonical(order)).digest("hex");
  const row: PlacementRow = {
    ...placementKey(placementId),
    placementId,
    orderId: order.orderId,
    state: "PLACED",
    order,
    digest,
    open: "OPEN",
    since: now(),
    sweeps: 0,
  };
  const before = await table.putOnce<PlacementRow>(row);
  if (before && before.digest !== digest) throw new OrderConflict(order.orderId);
}

/** The same text for the same content, in whatever order its fields were written. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_field, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

/** The placements of one table. */
export function placementsIn(table: Table): Placements {
  return {
    async get(placementId) {
      const row = await table.get<PlacementRow>(placementKey(placementId));
      return row && placementOf(row);
    },

    async reject(placementId, reason) {
      try {
        const update = leaving(table, placementId, "REJECTED");
        await table.client.send(
          new UpdateCommand({
            ...update,
            UpdateExpression: `SET #state = :next, reason = :reason ${removed}`,
            ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ":reason": reason },
          }),
        );
      } catch (error) {
        // Another delivery told it before.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}

export function placementOf({ orderId, placementId, state, order, reason }: PlacementRow): PlacementRecord {
  return { orderId, placementId, state, ...(order !== undefined && { order }), ...(reason && { reason }) };
}

/** The document becomes an order's row: part of that transaction. */
export const taken = (table: Table, placementId: string) => leaving(table, placementId, "TAKEN");

// Name, address and token are in the order's row from then on, or nowhere.
const removed = "REMOVE #order, #open";

const leaving = (table: Table, placementId: string, next: PlacementRecord["state"]) => ({
  TableName: table.name,
  Key: placementKey(placementId),
  ConditionExpression: "#state = :placed",
  UpdateExpression: `SET #state = :next ${removed}`,
  ExpressionAttributeNames: { "#state": "state", "#order": "order", "#open": "open" },
  ExpressionAttributeValues: { ":placed": "PLACED", ":next": next } as Record<string, unknown>,
});
