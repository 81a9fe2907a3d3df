import type { Happening } from "@ovsc/local";
import { longestRest, type PlacementRef, type Profile, retryBudgets, statusesUnderWay, sweeping } from "@ovsc/shared";
import { stepLog } from "@ovsc/shared/variant";

/**
 * Sweeps after which no order can still be open: in each status on its longest way it rests, and is then swept so often
 * that it moves on.
 */
export const mostSweeps = (profile: Profile): number =>
  statusesUnderWay.length * (longestRest(retryBudgets[profile]) / sweeping.everySeconds + sweeping.mostRepeats + 1);

/** What the sweeper did for orders, by what it logs. */
export class Sweeps {
  readonly #swept = new Map<string, number>();

  add(happening: Happening): void {
    if (happening.type !== "Log" || !happening.line.includes('"swept"')) return;
    const { message, placementId } = stepLog(happening.line, happening.atMs) ?? {};
    if (message === "swept" && placementId !== undefined)
      this.#swept.set(placementId, 1 + (this.#swept.get(placementId) ?? 0));
  }

  /** How often it acted for these placements. */
  of(placed: readonly PlacementRef[]): number {
    const ids = new Set(placed.map(({ placementId }) => placementId));
    return [...ids].reduce((sum, id) => sum + (this.#swept.get(id) ?? 0), 0);
  }
}
