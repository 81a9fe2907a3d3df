import type { Variant } from "@ovsc/shared/variant";
import type { Finding } from "../judgement/judge.ts";
import { canStrike } from "./applies.ts";
import type { Fault, FaultPlan } from "./plan.ts";

/** A fault of a plan, and how often it struck in each variant, by its name. */
export type FiredFault = Fault & { readonly fired: Readonly<Record<string, number | "not applicable">> };

/**
 * @param firedIn how often each fault of the plan struck in a variant, by its name
 * @returns the plan with what became of it; a variant that lacks what a fault strikes cannot be struck
 */
export function firedFaults(
  plan: FaultPlan,
  variants: readonly Variant[],
  firedIn: (variant: string) => readonly number[],
): FiredFault[] {
  return plan.map((fault, index) => {
    const times = variants.map((variant) => [
      variant.name,
      canStrike(variant, fault) ? firedIn(variant.name)[index]! : "not applicable",
    ]);
    return { ...fault, fired: Object.fromEntries(times) as FiredFault["fired"] };
  });
}

/** A fault that never fired proves nothing: a finding for each variant in which one could have and did not. */
export const unfired = (faults: readonly FiredFault[]): Finding[] =>
  faults.flatMap(({ kind, dependency, fired }) =>
    Object.entries(fired)
      .filter(([, times]) => times === 0)
      .map(([name, times]) => ({ what: `${kind} of ${dependency} never fired`, seen: { [name]: times } })),
  );
