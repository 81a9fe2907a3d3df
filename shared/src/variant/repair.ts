import { beginRepair } from "../aws/begin-repair.ts";
import type { RowOptions } from "../aws/order-row.ts";
import type { PlacementRef } from "../placement.ts";
import type { Remedy } from "./remedy.ts";
import type { DeployedStack } from "./variant.ts";

/** What a variant's repair does after the row was given back to its undo. */
export interface RepairOptions extends Pick<RowOptions, "saysFacts"> {
  /** Wakes whoever undoes. */
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
      const status = await beginRepair(table, each, { now, saysFacts });
      if (status === "REFUNDING") await wake(each);
      const { orderId } = each;
      done.push(
        status === "REFUNDING"
          ? `gave order ${orderId} back to its undo`
          : `left order ${orderId} alone: it is ${status ?? "another placement's"}, and not parked`,
      );
    }
    return done;
  },
});
