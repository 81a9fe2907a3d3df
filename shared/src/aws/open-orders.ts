import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod/mini";
import { PlacementRef, refOfRow } from "../placement.ts";
import type { OpenOrder, OpenOrders } from "../ports.ts";
import { type OrderRow, recordOf } from "./order-row.ts";
import { placementsIn } from "./placement-row.ts";
import { type Key, openIndex, orderKey, placementKey, type Table } from "./table.ts";

/** A page of the index: it holds keys alone. */
const pageSize = 100;

/** What is open in one table, read by its sparse index. */
export function openOrdersIn(table: Table): OpenOrders {
  return {
    async *restingSince(before) {
      let from: Record<string, unknown> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await table.client.send(
          new QueryCommand({
            TableName: table.name,
            IndexName: openIndex,
            KeyConditionExpression: "#open = :open AND since <= :before",
            ExpressionAttributeNames: { "#open": "open" },
            ExpressionAttributeValues: { ":open": "OPEN", ":before": before },
            Limit: pageSize,
            ...(from && { ExclusiveStartKey: from }),
          }),
        );
        for (const { pk, sk } of Items as Key[]) {
          // The index may lag behind the row, which alone is right.
          const row = await table.get<OpenRow>({ pk, sk });
          if (!row?.open) continue;
          const open = row.sk === "ORDER" ? openOrder(row as OrderRow) : openPlacement(row);
          if (open) yield open;
          else await placementsIn(table).reject(placementIdIn(row), malformed);
        }
        from = LastEvaluatedKey;
      } while (from);
    },

    async swept({ orderId, placementId, record, since, sweeps }) {
      try {
        await table.client.send(
          new UpdateCommand({
            TableName: table.name,
            Key: record ? orderKey(orderId) : placementKey(placementId),
            ConditionExpression: "#open = :open AND since = :since AND sweeps = :before",
            UpdateExpression: "SET sweeps = :now",
            ExpressionAttributeNames: { "#open": "open" },
            ExpressionAttributeValues: { ":open": "OPEN", ":since": since, ":before": sweeps, ":now": sweeps + 1 },
          }),
        );
      } catch (error) {
        // It moved, or another sweep has noted its own.
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}

/** @returns whether anything in the table is open */
export async function isAnyOpen(table: Table): Promise<boolean> {
  const { Count = 0 } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      IndexName: openIndex,
      KeyConditionExpression: "#open = :open",
      ExpressionAttributeNames: { "#open": "open" },
      ExpressionAttributeValues: { ":open": "OPEN" },
      Limit: 1,
    }),
  );
  return Count > 0;
}

type OpenRow = Key & { readonly open?: unknown };

const openOrder = (row: OrderRow): OpenOrder => {
  const { since, sweeps } = row;
  const record = recordOf(row);
  return { ...refOfRow(record), since, sweeps, record };
};

/** A document as `writePlacement` writes it. A client may write one as he likes. */
const Document = z.extend(z.omit(PlacementRef, { generation: true }), {
  since: z.iso.datetime(),
  sweeps: z.int().check(z.minimum(0)),
});

/** @returns nothing for a document that does not say whose it is, or since when it is there */
function openPlacement(row: OpenRow): OpenOrder | undefined {
  const { data } = Document.safeParse(row);
  return data?.placementId === placementIdIn(row) ? data : undefined;
}

const placementIdIn = ({ pk }: Key): string => pk.slice(placementKey("").pk.length);

const malformed = { error: "InvalidOrder", message: "order refused: its document is malformed" };
