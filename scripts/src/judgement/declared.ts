import { isDeepStrictEqual } from "node:util";
import { endOf, type Evidence, type PlacementEnd, type Profile, sideEffects } from "@ovsc/shared";
import type { Difference, FaultClass, Variant } from "@ovsc/shared/variant";
import type { Fault, FaultPlan } from "../faults/plan.ts";
import type { Outcome } from "../orders/batch.ts";

/** What befell a batch in a variant. */
export interface Befell {
  readonly scenario: string;
  /** The faults that struck there. */
  readonly faults: FaultPlan;
  /** How long the retries after them keep the order, where that is known. */
  readonly keptSeconds?: number;
  readonly profile: Profile;
}

/** @returns the differences that a variant declares for what befell a batch */
export const declaredFor = ({ differs = [] }: Pick<Variant, "differs">, befell: Befell): readonly Difference[] =>
  differs.filter((each) => (each.profile ?? befell.profile) === befell.profile && isBefallen(each, befell));

function isBefallen(difference: Difference, { scenario, faults, keptSeconds = 0 }: Befell): boolean {
  if ("scenarios" in difference) return difference.scenarios.includes(scenario);
  if ("keptSeconds" in difference) return keptSeconds >= difference.keptSeconds;
  return faults.some((fault) => isOfClass(fault, difference));
}

/** True where a difference must happen to some order: a fault of no step, or of the whole table, may strike others. */
export const isCertain = (difference: Difference, { faults }: Befell): boolean =>
  "scenarios" in difference ||
  "keptSeconds" in difference ||
  faults.some(
    (fault) =>
      isOfClass(fault, difference) &&
      (difference.steps === undefined || fault.step !== undefined) &&
      (difference.dependencies === undefined || fault.dependency !== "table"),
  );

const isOfClass = (fault: Fault, faultClass: FaultClass): boolean =>
  mayBeOf(fault, faultClass) && (faultClass.atLeast === undefined || isAsLong(fault, faultClass.atLeast));

/**
 * True for a fault of a class, however often or long it strikes. One of no step may strike any, and one of the table
 * any of its rows.
 */
export const mayBeOf = (
  { kind, dependency, step }: Pick<Fault, "kind" | "dependency" | "step">,
  { kinds, dependencies, steps }: FaultClass,
): boolean =>
  kinds.includes(kind) &&
  (dependencies === undefined || dependency === "table" || dependencies.includes(dependency)) &&
  (steps === undefined || step === undefined || steps.includes(step));

function isAsLong(fault: Fault, { attempts, seconds }: NonNullable<FaultClass["atLeast"]>): boolean {
  if ("from" in fault) return fault.until - fault.from >= seconds;
  return fault.attempts === "every" || fault.attempts.length >= attempts;
}

/** True where an order may end so. */
export const mayEnd = (differs: readonly Difference[], end: PlacementEnd): boolean =>
  differs.some(({ ends }) => (ends as readonly PlacementEnd[]).includes(end));

/** An order in two variants, and what the second declares. */
interface Pair {
  readonly first: Evidence;
  readonly other: Evidence;
  readonly sweeps: number;
  readonly differs: readonly Difference[];
}

/** True where an order ended otherwise than in the first variant, as declared, or alike and only by the sweeper. */
export function isAsDeclared({ first, other, sweeps, differs }: Pair): boolean {
  const end = endOf(other);
  if (end !== endOf(first)) return mayEnd(differs, end);
  const isSwept = sweeps > 0 && differs.some(({ swept }) => swept);
  return isSwept && isDeepStrictEqual(sideEffects(first), sideEffects(other));
}

/** @returns those of the differences that happened in a variant, as it is held against the first */
export const happened = (first: Outcome, { evidence, sweeps }: Outcome, differs: readonly Difference[]): Difference[] =>
  differs.filter((difference) =>
    evidence.some((other, index) => {
      const isOther = endOf(other) !== endOf(first.evidence[index]!);
      return mayEnd([difference], endOf(other)) && (isOther || (difference.swept === true && sweeps > 0));
    }),
  );
