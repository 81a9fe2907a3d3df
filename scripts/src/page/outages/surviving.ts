import type { Curve, OutageFile } from "../../faults/kept.ts";
import { alike, percent, pointOf } from "./survival.ts";

/** Whether the orders of a variant ship that arrive in the outage that people ask about, whatever is away. */
export interface Surviving {
  readonly variant: string;
  readonly survives: "yes" | "no" | "not tried";
  /** How much ships without what: `0 % ship without table, carrier`. */
  readonly lost: readonly string[];
}

/** For each variant whether it survives. A twentieth of the orders may be lost to chance. */
export const survivingIn = ({ curves }: OutageFile, variants: readonly string[]): Surviving[] =>
  variants.map((variant) => {
    const tried = curves.filter((curve) => curve.variant === variant && pointOf([curve], variant) !== undefined);
    const shippedIn = (curve: Curve): number => pointOf([curve], variant)!.during.shipped;
    const by = Map.groupBy(
      tried.filter((curve) => shippedIn(curve) < 1 - alike),
      (curve) => percent(shippedIn(curve)),
    );
    const lost = [...by].map(
      ([share, own]) => `${share} ship without ${own.map(({ dependency }) => dependency).join(", ")}`,
    );
    return { variant, survives: tried.length === 0 ? "not tried" : lost.length === 0 ? "yes" : "no", lost };
  });
