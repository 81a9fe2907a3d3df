import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Approval } from "../approval.ts";
import { isSettled, lifecycle, type Milestone, type OrderStatus } from "../lifecycle.ts";
import type { AnyOrder } from "../order.ts";
import type { OrderRecord, Orders, Reason } from "../ports.ts";
import { taken } from "./placement-row.ts";
import { hasReason, orderKey, type Key, type Table } from "./table.ts";
import type { Now } from "./time.ts";

/** What the index of unsettled and unsaid orders reads. */
export interface Openness {
  /** Of the last move, ISO 8601. */
  readonly since: string;
  /** While the order is not settled, or its last fact not said. The index holds only rows that have it. */
  readonly open?: "OPEN";
  /** How often the sweeper acted since the last move. */
  readonly sweeps: number;
  /** The fact that the last move reached, until it is said, where facts are said. */
  readonly unsaid?: Milestone;
}

/** The order's own fields stand beside `status` and `statuses`, so that the row reads well in the console. */
export type OrderRow = Key &
  AnyOrder &
  Openness & {
    status: OrderStatus;
    statuses: OrderStatus[];
    placementId: string;
    generation: number;
    reason?: Reason;
    /** With the time of the decision, ISO 8601. */
    approval?: Approval & { readonly at: string };
    /** By which an execution waits. */
    taskToken?: string;
  };

export interface RowOptions {
  readonly now: Now;
  /** True where each fact is said to others, so that the row remembers what is still unsaid. */
  readonly saysFacts: boolean;
}

/** The orders of one table. */
export function ordersIn(table: Table, { now, saysFacts }: RowOptions): Orders {
  return {
    async get(orderId) {
      const row = await table.get<OrderRow>(orderKey(orderId));
      return row && recordOf(row);
    },

    async create(order, placementId, milestone) {
      const { to: status } = lifecycle[milestone];
      const isOpen = saysFacts || !isSettled(status);
      const row: OrderRow = {
        ...orderKey(order.orderId),
        ...order,
        status,
        statuses: [status],
        placementId,
        generation: 1,
        since: now(),
        sweeps: 0,
        ...(isOpen && { open: "OPEN" }),
        ...(saysFacts && { unsaid: milestone }),
      };
      try {
        await table.transact([
          { Put: { TableName: table.name, Item: row, ConditionExpression: "attribute_not_exists(pk)" } },
          { Update: taken(table, placementId) },
        ]);
        return recordOf(row);
      } catch (error) {
        if (hasReason(error, "ConditionalCheckFailed")) return undefined;
        throw error;
      }
    },

    async move({ order: { orderId }, placementId, generation }, milestone, given = {}) {
      const { approval } = given;
      const added = { ...given, ...(approval && { approval: { ...approval, at: now() } }) };
      const { from, to } = lifecycle[milestone];
      const found = Object.fromEntries(from.map((status, index) => [`:from${index}`, status]));
      const fields = Object.keys(added);
      const isOpen = saysFacts || !isSettled(to);
      const gone = [
        ...(isOpen ? [] : ["#open"]),
        ...(saysFacts ? [] : ["unsaid"]),
        // What an order was parked for is mended.
        ...(milestone === "RepairStarted" ? ["reason"] : []),
      ];
      return holds(
        table.client.send(
          new UpdateCommand({
            TableName: table.name,
            Key: orderKey(orderId),
            ConditionExpression: [
              `#status IN (${Object.keys(found).join(", ")})`,
              "placementId = :placementId",
              "generation = :generation",
            ].join(" AND "),
            UpdateExpression: [
              "SET #status = :to, #statuses = list_append(#statuses, :moved), since = :now, sweeps = :none",
              ...(isOpen ? [", #open = :open"] : []),
              ...(saysFacts ? [", unsaid = :milestone"] : []),
              ...fields.map((field) => `, ${field} = :${field}`),
              ...(gone.length > 0 ? [` REMOVE ${gone.join(", ")}`] : []),
            ].join(""),
            ExpressionAttributeNames: { "#status": "status", "#statuses": "statuses", "#open": "open" },
            ExpressionAttributeValues: {
              ...found,
              ":placementId": placementId,
              ":generation": generation,
              ":to": to,
              ":moved": [to],
              ":now": now(),
              ":none": 0,
              ...(isOpen && { ":open": "OPEN" }),
              ...(saysFacts && { ":milestone": milestone }),
              ...Object.fromEntries(Object.entries(added).map(([field, value]) => [`:${field}`, value])),
            },
          }),
        ),
      );
    },

    async keepToken({ order: { orderId }, placementId, generation }, taskToken) {
      return holds(
        table.client.send(
          new UpdateCommand({
            TableName: table.name,
            Key: orderKey(orderId),
            ConditionExpression: "#status = :awaiting AND placementId = :placementId AND generation = :generation",
            UpdateExpression: "SET taskToken = :taskToken",
            ExpressionAttributeNames: { "#status": "status" },
            ExpressionAttributeValues: {
              ":awaiting": lifecycle.ApprovalRequested.to,
              ":placementId": placementId,
              ":generation": generation,
              ":taskToken": taskToken,
            },
          }),
        ),
      );
    },

    async said({ order: { orderId }, placementId, generation }, milestone) {
      await holds(
        table.client.send(
          new UpdateCommand({
            TableName: table.name,
            Key: orderKey(orderId),
            ConditionExpression: "unsaid = :said AND placementId = :placementId AND generation = :generation",
            UpdateExpression: "REMOVE #open, unsaid",
            ExpressionAttributeNames: { "#open": "open" },
            ExpressionAttributeValues: { ":said": milestone, ":placementId": placementId, ":generation": generation },
          }),
        ),
      );
    },
  };
}

/** @returns whether the condition of a write held */
async function holds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Splits a stored row into the order and what the saga knows of it. */
export function recordOf({
  pk: _pk,
  sk: _sk,
  open: _open,
  sweeps: _sweeps,
  unsaid: _unsaid,
  status,
  statuses,
  placementId,
  generation,
  reason,
  approval,
  taskToken: _taskToken,
  since,
  ...order
}: OrderRow): OrderRecord {
  return {
    order,
    status,
    statuses,
    placementId,
    generation,
    ...(reason && { reason }),
    ...(approval && { approval: { decision: approval.decision, by: approval.by } }),
    since,
  };
}
