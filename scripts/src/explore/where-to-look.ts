import type { Fault } from "../faults/plan.ts";
import { damageIn, type Weakening } from "../weakenings/weakening.ts";
import type { Aim } from "./picking/budget.ts";
import { type Part, part, quickParts } from "./scope.ts";

/**
 * Where a line of defence is missed in a variant: first among the orders of its story, where that strikes or anywhere,
 * with ever more faults; then everywhere. What strikes, at which try and in which order of events is found.
 */
export function whereToLook(weakening: Weakening, variant: string): Part[] {
  const { scenario, faults = [] } = damageIn(weakening, variant).story;
  const aims = [...new Map(faults.flatMap(aimOf).map((aim) => [JSON.stringify(aim), aim])).values()];
  const near = aims.length > 0 ? [2, 3].map((count) => part(scenario, count, 0, aims)) : [];
  const any = [part(scenario, 1, 0), part(scenario, 0, 1)];
  // What takes two faults is not found with one.
  const own = faults.length > 1 ? [...near, ...any] : [...any, ...near];
  const further = [part(scenario, 2, 0), part(scenario, 1, 1)];
  return [...own, ...further, ...quickParts.filter((each) => each.scenario !== scenario)];
}

/**
 * Where it strikes. What strikes any table, a queue that is not struck apart, or every try, as whoever is away for long
 * does, is looked for at its whole step.
 */
const aimOf = (fault: Fault): Aim[] => {
  const { step, dependency } = fault;
  if (!step) return [];
  const strikesAll = "attempts" in fault && fault.attempts === "every";
  return [strikesAll || dependency === "table" || dependency === "lambda-queue" ? { step } : { step, dependency }];
};
