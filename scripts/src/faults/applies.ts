import type { Variant } from "@ovsc/shared/variant";
import type { Fault } from "./plan.ts";

/** True where a variant has what a fault strikes. */
export const canStrike = (
  { dependsOn, onlyIn = {} }: Variant,
  { dependency, step }: Pick<Fault, "dependency" | "step">,
): boolean => dependsOn.includes(dependency) && (step === undefined || (onlyIn[dependency]?.includes(step) ?? true));
