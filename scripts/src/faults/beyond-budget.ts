import { isSettled, lifecycle, type Profile, steps } from "@ovsc/shared";
import type { Cell, Extent } from "./cells.ts";

/** Extents that use up every try of a step in some variant. Step Functions' idiomatic retries last for seconds. */
const wholeBudgets: Readonly<Record<Profile, readonly Extent[]>> = {
  equal: ["3 tries", "600 s"],
  idiomatic: ["3 tries", "120 s", "600 s"],
};

/**
 * True for a fault that keeps even the last from acting who would for an order: the failure destination that tells of
 * a step's last try, the parking, or whoever says that an order has ended. Only the sweeper is left then.
 */
export function isBeyondBudget(
  { step, dependency, kind, extent }: Pick<Cell, "step" | "dependency" | "kind" | "extent">,
  profile: Profile,
): boolean {
  if (kind === "record-lost") return true;
  if (step === "ParkOrder") return wholeBudgets[profile].includes(extent);
  // Lambda tries as often in every profile.
  const isSaid = dependency === "event-bus" && isSettled(lifecycle[steps[step].achieves].to);
  return isSaid && wholeBudgets.equal.includes(extent);
}
