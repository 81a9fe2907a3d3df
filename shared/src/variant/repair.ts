import { beginRepair } from "../aws/begin-repair.ts";
import type { RowOptions } from "../aws/order-row.ts";
import { type PlacementRef, refOfRow } from "../placement.ts";
import type { Remedy } from "./remedy.ts";
import type { DeployedStack } from "./variant.ts";

/** What a variant does once an operator has moved the row. */
export interface RepairOptions extends Pick<RowOptions, "saysFacts"> {
  /** Wakes whoever goes on from there. */
  readonly wake: (placed: PlacementRef) => Promise<void>;
}

/**
 * Repairs parked orders, once what failed is mended: the undo goes on where it failed, under the same idempotency keys,
 * and every order ends INVENTORY_RELEASED, or is parked again.
 */
export const repair = (
  { asOperator: { table }, now }: Pick<DeployedStack, "asOperator" | "now">,
  { saysFacts, wake }: RepairOptions,
): Remedy => ({
  does: "gives parked orders back to their undo",
  async apply({ placed }) {
    const done: string[] = [];
    for (const each of placed) {
      const record = await beginRepair(table, each, { now, saysFacts });
      const isBegun = record?.status === "REFUNDING";
      if (isBegun) await wake(refOfRow(record));
      const { orderId } = each;
      done.push(
        isBegun
          ? `gave order ${orderId} back to its undo`
          : `left order ${orderId} alone: it is ${record?.status ?? "another placement's"}, and not parked`,
      );
    }
    return done;
  },
});
