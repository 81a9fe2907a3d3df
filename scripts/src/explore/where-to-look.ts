import { damageIn, type Weakening } from "../weakenings/weakening.ts";
import { type Part, part, quickParts } from "./scope.ts";

/**
 * Where a line of defence is missed in a variant: first among the orders of its story and at the steps where that
 * strikes, with ever more faults; then everywhere. What strikes, at which try and in which order of events is found.
 */
export function whereToLook(weakening: Weakening, variant: string): Part[] {
  const { scenario, faults = [] } = damageIn(weakening, variant).story;
  const steps = [...new Set(faults.flatMap(({ step }) => step ?? []))];
  const near = steps.length > 0 ? [2, 3].map((count) => part(scenario, count, 0, steps)) : [];
  const own = [part(scenario, 1, 0), part(scenario, 0, 1), ...near, part(scenario, 2, 0), part(scenario, 1, 1)];
  return [...own, ...quickParts.filter((each) => each.scenario !== scenario)];
}
