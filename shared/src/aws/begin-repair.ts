import type { OrderStatus } from "../lifecycle.ts";
import type { PlacementRef } from "../placement.ts";
import { ordersIn, type RowOptions } from "./order-row.ts";
import type { Table } from "./table.ts";

/**
 * Gives a parked order back to its undo. One of which that was done before, and nobody heard, is left as it is.
 * @returns where the order is then: REFUNDING, unless it was never parked or is past that; nothing where it has no row
 */
export async function beginRepair(
  table: Table,
  { orderId, placementId }: PlacementRef,
  options: RowOptions,
): Promise<OrderStatus | undefined> {
  const orders = ordersIn(table, options);
  const record = await orders.get(orderId);
  if (record?.placementId !== placementId) return undefined;
  if (record.status === "NEEDS_ATTENTION" && (await orders.move(record, "RepairStarted"))) return "REFUNDING";
  return (await orders.get(orderId))?.status;
}
