import type { PlacementRef } from "../placement.ts";
import type { OrderRecord } from "../ports.ts";
import { ordersIn, type RowOptions } from "./order-row.ts";
import type { Table } from "./table.ts";

/**
 * Gives a parked order back to its undo. One of which that was done before, and nobody heard, is left as it is.
 * @returns the row as it is then: REFUNDING, unless it was never parked or is past that; nothing where there is none
 */
export async function beginRepair(
  table: Table,
  { orderId, placementId }: PlacementRef,
  options: RowOptions,
): Promise<OrderRecord | undefined> {
  const orders = ordersIn(table, options);
  const record = await orders.get(orderId);
  if (record?.placementId !== placementId) return undefined;
  if (record.status === "NEEDS_ATTENTION") await orders.move(record, "RepairStarted");
  return orders.get(orderId);
}
