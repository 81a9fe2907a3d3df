import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { lifecycle, type OrderStatus } from "../lifecycle.ts";
import type { AnyOrder, Order } from "../order.ts";
import type { OrderRecord, Orders } from "../ports.ts";
import { orderKey, type Key, type Table } from "./table.ts";

/** The order's own fields stand beside `status` and `statuses`, so that the row reads well in the console. */
export type OrderRow = Key & AnyOrder & { status: OrderStatus; statuses: OrderStatus[] };

/** The orders of one table. */
export function ordersIn(table: Table): Orders {
  return {
    async get(orderId) {
      const row = await table.get<OrderRow>(orderKey(orderId));
      return row && recordOf(row);
    },

    async create(order: Order) {
      const status = lifecycle.OrderCreated.to;
      const existing = await table.putOnce<OrderRow>({
        ...orderKey(order.orderId),
        ...order,
        status,
        statuses: [status],
      });
      return existing && recordOf(existing);
    },

    async move(orderId, milestone, obtained = {}) {
      const { from, to } = lifecycle[milestone];
      const found = Object.fromEntries(from.map((status, index) => [`:from${index}`, status]));
      const fields = Object.keys(obtained);
      try {
        await table.client.send(
          new UpdateCommand({
            TableName: table.name,
            Key: orderKey(orderId),
            ConditionExpression: `#status IN (${Object.keys(found).join(", ")})`,
            UpdateExpression: [
              "SET #status = :to, #statuses = list_append(#statuses, :moved)",
              ...fields.map((field) => `${field} = :${field}`),
            ].join(", "),
            ExpressionAttributeNames: { "#status": "status", "#statuses": "statuses" },
            ExpressionAttributeValues: {
              ...found,
              ":to": to,
              ":moved": [to],
              ...Object.fromEntries(Object.entries(obtained).map(([field, value]) => [`:${field}`, value])),
            },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}

/** Splits a stored row into the order, its status and its path. */
export function recordOf({ pk: _pk, sk: _sk, status, statuses, ...order }: OrderRow): OrderRecord {
  return { order, status, statuses };
}
