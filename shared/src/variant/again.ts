import { type BegunAnew, beginGeneration } from "../aws/begin-generation.ts";
import { refOfRow } from "../placement.ts";
import type { OrderRecord } from "../ports.ts";
import type { Remedy } from "./remedy.ts";
import type { RepairOptions } from "./repair.ts";
import type { DeployedStack } from "./variant.ts";

/**
 * Begins orders anew that were undone, each as another generation: what was undone stays so, and the saga goes through
 * its steps once more under keys of its own. Said twice, it begins once.
 */
export const again = (
  { asOperator: { table }, now }: Pick<DeployedStack, "asOperator" | "now">,
  { saysFacts, wake }: RepairOptions,
): Remedy => ({
  does: "begins orders anew that were undone, each as another generation",
  async apply({ placed }) {
    const done: string[] = [];
    for (const each of placed) {
      const { orderId } = each;
      const begun = await beginGeneration(table, each, { now, saysFacts });
      const { row } = begun;
      if (hasBegun(row)) await wake(refOfRow(row));
      done.push(
        hasBegun(row)
          ? `order ${orderId} begins anew, as generation ${row.generation}`
          : `left order ${orderId} alone: ${why(begun)}`,
      );
    }
    return done;
  },
});

/** Now, or before, and perhaps nobody heard. */
const hasBegun = (row: OrderRecord | undefined): row is OrderRecord => row?.status === "PENDING" && row.generation > 1;

function why({ row, standing }: BegunAnew): string {
  if (!row) return "it is another placement's";
  if (row.status !== "INVENTORY_RELEASED") return `it is ${row.status}, and was not undone`;
  return standing ? `its undo is not finished: ${standing.join(", ")}` : "its end is not said yet";
}
