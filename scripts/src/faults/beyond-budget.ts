import { isSettled, lifecycle, steps } from "@ovsc/shared";
import type { Cell, Extent } from "./cells.ts";

/** Extents that use up every try of a step. */
const wholeBudgets: readonly Extent[] = ["3 tries", "600 s"];

/**
 * True for a fault that keeps even the last from acting who would for an order: the failure destination that tells of
 * a step's last try, the parking, or whoever says that an order has ended. Only the sweeper is left then.
 */
export function isBeyondBudget({
  step,
  dependency,
  kind,
  extent,
}: Pick<Cell, "step" | "dependency" | "kind" | "extent">) {
  if (kind === "record-lost") return true;
  if (!wholeBudgets.includes(extent)) return false;
  return step === "ParkOrder" || (dependency === "event-bus" && isSettled(lifecycle[steps[step].achieves].to));
}
