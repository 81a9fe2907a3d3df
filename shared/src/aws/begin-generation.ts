import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { type Ledgered, stillStanding } from "../evidence.ts";
import { idempotencyKeyOf } from "../ledgers.ts";
import { lifecycle, type Milestone, type OrderStatus } from "../lifecycle.ts";
import type { PlacementRef } from "../placement.ts";
import type { OrderRecord } from "../ports.ts";
import type { StepName } from "../steps/step-names.ts";
import { ordersIn, type RowOptions } from "./order-row.ts";
import { ledgerKey, type LedgerKind, type LedgerRow, orderKey, type Table } from "./table.ts";

/** What became of an order that was to begin anew. */
export interface BegunAnew {
  /** The row as it is then; nothing where there is none of that placement. */
  readonly row?: OrderRecord | undefined;
  /** What its undo has still to take back, in words; nothing where it is finished, or there was none. */
  readonly standing?: readonly string[];
}

/** What an order has come to that can begin anew. */
const undone: OrderStatus = "INVENTORY_RELEASED";

/** How each generation begins. */
const begins: Milestone = "OrderCreated";

/**
 * Begins an order anew that was undone, as another generation with idempotency keys of its own: one conditional write,
 * which takes the ids of the generation before from the row. It finds the end of that generation said, and all of it
 * taken back: an entry of a ledger that was closed opens no more, so that a look before the write is enough. An order
 * that began before, and of which nobody heard, is left as it is.
 */
export async function beginGeneration(
  table: Table,
  { orderId, placementId }: PlacementRef,
  options: RowOptions,
): Promise<BegunAnew> {
  const orders = ordersIn(table, options);
  const row = await orders.get(orderId);
  if (row?.placementId !== placementId) return {};
  if (row.status !== undone) return { row };
  const standing = stillStanding(await ledgersOf(row, table));
  if (standing.length > 0) return { row, standing };
  await begin(row, table, options);
  return { row: await orders.get(orderId) };
}

/** What the services entered for the generation that the row is in. */
async function ledgersOf(row: OrderRecord, table: Table): Promise<Ledgered> {
  const entry = async <Kind extends LedgerKind>(kind: Kind, step: StepName) => {
    const idempotencyKey = idempotencyKeyOf(row, step);
    const found = await table.get<LedgerRow<Kind>>(ledgerKey(row.order.orderId, kind, idempotencyKey));
    return found ? [{ ...found, idempotencyKey }] : [];
  };
  return {
    reservations: await entry("RESERVATION", "ReserveInventory"),
    charges: await entry("CHARGE", "ChargePayment"),
    refunds: await entry("REFUND", "RefundPayment"),
    shipments: await entry("SHIPMENT", "ShipOrder"),
  };
}

async function begin(row: OrderRecord, table: Table, { now, saysFacts }: RowOptions): Promise<void> {
  const { order, placementId, generation } = row;
  const { to: status } = lifecycle[begins];
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: orderKey(order.orderId),
        ConditionExpression: [
          "#status = :undone",
          "placementId = :placementId",
          "generation = :generation",
          // Whoever ended it has said so, or the sweeper will.
          "attribute_not_exists(#open)",
        ].join(" AND "),
        UpdateExpression: [
          "SET #status = :status, #statuses = list_append(#statuses, :moved), generation = :next",
          ", since = :now, sweeps = :none, #open = :open",
          ...(saysFacts ? [", unsaid = :begins"] : []),
          // A person who was asked is asked again: it is another charge.
          " REMOVE reservationId, chargeId, approval, taskToken",
        ].join(""),
        ExpressionAttributeNames: { "#status": "status", "#statuses": "statuses", "#open": "open" },
        ExpressionAttributeValues: {
          ":undone": undone,
          ":placementId": placementId,
          ":generation": generation,
          ":next": generation + 1,
          ":status": status,
          ":moved": [status],
          ":now": now(),
          ":none": 0,
          ":open": "OPEN",
          ...(saysFacts && { ":begins": begins }),
        },
      }),
    );
  } catch (error) {
    // Somebody else began it, or its end is not said yet.
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
