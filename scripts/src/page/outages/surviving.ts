import type { OutageFile } from "../../faults/kept.ts";
import { alike, percent, pointOf } from "./survival.ts";

/** Whether the orders of a variant ship that arrive in the outage that people ask about, whatever is away. */
export interface Surviving {
  readonly variant: string;
  readonly survives: "yes" | "no" | "not tried";
  /** What it does not survive, and how much ships then. */
  readonly lost: readonly string[];
}

/** For each variant whether it survives. A twentieth of the orders may be lost to chance. */
export const survivingIn = ({ curves }: OutageFile, variants: readonly string[]): Surviving[] =>
  variants.map((variant) => {
    const tried = curves.filter((curve) => curve.variant === variant && pointOf([curve], variant) !== undefined);
    const lost = tried.flatMap((curve) => {
      const { shipped } = pointOf([curve], variant)!.during;
      return shipped < 1 - alike ? [`${curve.dependency} (${percent(shipped)} ship)`] : [];
    });
    return { variant, survives: tried.length === 0 ? "not tried" : lost.length === 0 ? "yes" : "no", lost };
  });
