import type { Curve } from "../../faults/kept.ts";
import { variants as registry } from "../../variants.ts";

/** The outage that people ask about first, in seconds. */
export const asked = 120;

/** How much two shares may differ and still count as the same: a twentieth of the orders. */
export const alike = 0.05;

/** What part of the orders shipped; of a variant that has no such dependency, or whose figures are not there, why. */
export type Shipped = number | "not applicable" | "not tried";

/** What an outage of one dependency leaves of the orders that arrive meanwhile, in each variant. */
export interface Survival {
  readonly dependency: Curve["dependency"];
  /** By the name of the variant. */
  readonly shipped: Readonly<Record<string, Shipped>>;
  /** Who survives it better, or that no one does. */
  readonly phrase: string;
}

const names = new Intl.ListFormat("en", { type: "conjunction" });

/** Of the outage that people ask about first. */
export function survivals(curves: readonly Curve[], variants: readonly string[]): Survival[] {
  return [...Map.groupBy(curves, ({ dependency }) => dependency)].map(([dependency, own]) => {
    const of = (variant: string): Shipped =>
      pointOf(own, variant)?.during.shipped ??
      (registry.find(({ name }) => name === variant)?.dependsOn.includes(dependency) ? "not tried" : "not applicable");
    const shipped = Object.fromEntries(variants.map((variant) => [variant, of(variant)]));
    return { dependency, shipped, phrase: phraseOf(shipped) };
  });
}

/** What the outage that people ask about first left of the orders, in one variant. */
export const pointOf = (curves: readonly Curve[], variant: string) =>
  curves.find((curve) => curve.variant === variant)?.points.find(({ lengthSeconds }) => lengthSeconds === asked);

function phraseOf(shipped: Survival["shipped"]): string {
  const known = Object.entries(shipped).filter((entry): entry is [string, number] => typeof entry[1] === "number");
  const those = (what: Shipped) => names.format(Object.keys(shipped).filter((name) => shipped[name] === what));
  const [without, untried] = [those("not applicable"), those("not tried")];
  const compared = known.length > 1 || (without === "" && untried === "") ? [comparedAs(known)] : [];
  return [
    ...compared,
    ...(without ? [`${without} cannot have it: there is nothing to be away`] : []),
    ...(untried ? [`${untried} not tried`] : []),
  ].join("; ");
}

function comparedAs(known: readonly (readonly [variant: string, share: number])[]): string {
  const most = Math.max(...known.map(([, share]) => share));
  const best = known.filter(([, share]) => most - share <= alike).map(([name]) => name);
  if (best.length === known.length) return most === 0 ? "none survives it" : allAlike(most);
  return `${names.format(best)} ${best.length === 1 ? "survives" : "survive"} it better`;
}

const allAlike = (shipped: number): string => (shipped >= 1 - alike ? "all survive it" : "no difference");

/** A share as a person reads it. */
export const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** How long an outage half of the orders that arrive meanwhile survive. */
export function halfText({ halfShipSeconds, points }: Pick<Curve, "halfShipSeconds" | "points">): string {
  if (halfShipSeconds === undefined) return `half beyond ${duration(points.at(-1)!.lengthSeconds)}`;
  return halfShipSeconds === 0 ? "never half" : `half up to ${duration(halfShipSeconds)}`;
}

/** What several variants make of outages of a dependency, alike to the last order. */
export interface SharedCurve extends Omit<Curve, "variant"> {
  readonly variants: readonly string[];
}

/** Curves of one dependency, each once. */
export const sharedCurves = (curves: readonly Curve[]): SharedCurve[] =>
  [...Map.groupBy(curves, ({ points, halfShipSeconds }) => JSON.stringify([points, halfShipSeconds])).values()].map(
    (own) => ({ ...own[0]!, variants: own.map(({ variant }) => variant) }),
  );

/** Seconds as a person says them: 90 s, 10 min, 6 h, and 1 h 57 min where less does not matter. */
export function duration(seconds: number): string {
  if (seconds < 300) return `${seconds} s`;
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60)];
  if (hours < 2) return [`${minutes} min`, ...(seconds % 60 > 0 ? [`${seconds % 60} s`] : [])].join(" ");
  return [`${hours} h`, ...(minutes % 60 > 0 ? [`${minutes % 60} min`] : [])].join(" ");
}
