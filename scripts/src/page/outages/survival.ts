import type { Curve } from "../../faults/kept.ts";

/** How much two shares may differ and still count as the same: a twentieth of the orders. */
const alike = 0.05;

/** What an outage of one dependency leaves of the orders that arrive meanwhile, in each variant that has it. */
export interface Survival {
  readonly dependency: string;
  /** Share shipped, by the name of the variant; nothing where the variant does not depend on it. */
  readonly shipped: Readonly<Record<string, number | undefined>>;
  /** Who survives it better, or that no one does. */
  readonly phrase: string;
}

const names = new Intl.ListFormat("en", { type: "conjunction" });

/** @param lengthSeconds one of those that were tried */
export function survivals(curves: readonly Curve[], variants: readonly string[], lengthSeconds: number): Survival[] {
  return [...Map.groupBy(curves, ({ dependency }) => dependency)].map(([dependency, own]) => {
    const shareOf = (variant: string) =>
      own.find((curve) => curve.variant === variant)?.points.find((point) => point.lengthSeconds === lengthSeconds)
        ?.during.shipped;
    const shipped = Object.fromEntries(variants.map((variant) => [variant, shareOf(variant)]));
    return { dependency, shipped, phrase: phraseOf(shipped) };
  });
}

function phraseOf(shipped: Survival["shipped"]): string {
  const known = Object.entries(shipped).filter((entry): entry is [string, number] => entry[1] !== undefined);
  const without = Object.keys(shipped).filter((name) => shipped[name] === undefined);
  if (without.length > 0) return `${names.format(without)} cannot have it: there is nothing to be away`;
  const most = Math.max(...known.map(([, share]) => share));
  const best = known.filter(([, share]) => most - share <= alike).map(([name]) => name);
  if (best.length === known.length) return most === 0 ? "none survives it" : allAlike(most);
  return `${names.format(best)} ${best.length === 1 ? "survives" : "survive"} it better`;
}

const allAlike = (shipped: number): string => (shipped >= 1 - alike ? "all survive it" : "no difference");

/** How long an outage half of the orders that arrive meanwhile survive. */
export function halfText({ halfShipSeconds, points }: Curve): string {
  if (halfShipSeconds === undefined) return `over ${duration(points.at(-1)!.lengthSeconds)}`;
  return duration(halfShipSeconds);
}

/** Seconds as a person says them: 90 s, 10 min, 6 h. */
export function duration(seconds: number): string {
  if (seconds >= 7_200 && seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  return seconds >= 300 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
