import { cases } from "./assumptions.ts";
import { billOf, type Measured, type Terms } from "./bill.ts";
import { withFailureRate } from "./mix.ts";

/** Along what two variants' costs may cross. */
interface Axis {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** Where it is looked at, in growing order; between two neighbours one crossing is found. */
  readonly at: readonly number[];
  readonly terms: (terms: Terms, at: number) => Terms;
}

const logarithmic = (from: number, to: number, perDecade: number): number[] => {
  const steps = Math.round(perDecade * Math.log10(to / from));
  return Array.from({ length: steps + 1 }, (_, index) => from * 10 ** (index / perDecade));
};

/** Lambda runs no longer: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (2026-11-21) */
const longestStepSeconds = 900;
/**
 * Step Functions carries no more.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (2026-11-21)
 */
const largestStateBytes = 262_144;

export const axes: readonly Axis[] = [
  {
    id: "orders",
    title: "orders",
    unit: "a month",
    at: logarithmic(1, 1e10, 4),
    terms: (terms, ordersPerMonth) => ({ ...terms, ordersPerMonth }),
  },
  {
    id: "failure-rate",
    title: "orders that do not go the happy way",
    unit: "of all",
    at: Array.from({ length: 21 }, (_, index) => index / 20),
    terms: (terms, rate) => ({ ...terms, mix: withFailureRate(terms.mix, rate) }),
  },
  {
    id: "step-work",
    title: "work in each step",
    unit: "s",
    at: [0, ...logarithmic(0.001, longestStepSeconds, 4)],
    terms: (terms, seconds) => ({ ...terms, replaced: { ...terms.replaced, stepWorkMs: 1000 * seconds } }),
  },
  {
    id: "state-data",
    title: "state in each message, were it not kept in the row",
    unit: "bytes",
    at: [0, ...logarithmic(1_000, largestStateBytes, 8)],
    terms: (terms, stateBytes) => ({ ...terms, stateBytes }),
  },
];

/** How the costs of two variants lie along an axis. */
export interface Crossing {
  readonly axis: string;
  readonly between: readonly [first: string, second: string];
  /** Where the cheaper one changes, and who is cheaper below; empty where nobody changes places. */
  readonly points: readonly CrossingPoint[];
  /** Where there is no crossing: who is cheaper everywhere, none where both cost the same. */
  readonly cheaper: string | undefined;
  /** Where there is none: how many times the dearer costs the cheaper, at the least and at the most. */
  readonly ratio: readonly [least: number, most: number];
}

export interface CrossingPoint {
  readonly at: number;
  readonly cheaperBelow: string;
  /** Why it decides nothing: both sides differ by less than a dollar a month, or only the free tier makes it. */
  readonly because: "less than a dollar a month" | "the free tier alone" | undefined;
}

/** What both cost at a place of an axis. */
interface Costs {
  readonly at: number;
  readonly first: number;
  readonly second: number;
}

/** @returns the crossing along each axis, in the base case; every price must be known */
export function crossingsOf(first: Measured, second: Measured, terms: Terms): Crossing[] {
  return axes.map((axis) => {
    const costsUnder =
      (under: Terms) =>
      (at: number): Costs => {
        const there = axis.terms(under, at);
        return { at, first: costOf(first, there), second: costOf(second, there) };
      };
    const costsAt = costsUnder(terms);
    const costs = axis.at.map(costsAt);
    // Where both cost the same, nobody is cheaper: what counts is who is on either side of it.
    const apart = costs.filter((each) => difference(each) !== 0);
    const cheaperAt = (each: Costs) => (difference(each) < 0 ? first : second).variant;
    const points = neighbours(apart).flatMap(([from, to]): CrossingPoint[] => {
      if (sign(from) === sign(to)) return [];
      const isSmall = Math.max(Math.abs(difference(from)), Math.abs(difference(to))) < 1;
      const withoutFree = costsUnder({ ...terms, freeTier: false });
      const isFree = terms.freeTier && sign(withoutFree(from.at)) === sign(withoutFree(to.at));
      const because = isFree ? "the free tier alone" : isSmall ? "less than a dollar a month" : undefined;
      return [{ at: bisect(costsAt, from, to), cheaperBelow: cheaperAt(from), because }];
    });
    const ratios = costs.flatMap(({ first: a, second: b }) =>
      Math.min(a, b) > 0 ? [Math.max(a, b) / Math.min(a, b)] : [],
    );
    return {
      axis: axis.id,
      between: [first.variant, second.variant],
      points,
      cheaper: points.length === 0 && apart[0] ? cheaperAt(apart[0]) : undefined,
      ratio: [Math.min(...ratios), Math.max(...ratios)],
    };
  });
}

const difference = ({ first, second }: Costs): number => first - second;
const sign = (costs: Costs): number => Math.sign(difference(costs));

const costOf = (measured: Measured, terms: Terms): number => billOf(measured, terms).priced.base;

const neighbours = <Of>(list: readonly Of[]): [Of, Of][] => list.slice(1).map((to, index) => [list[index]!, to]);

/** Halves until three digits stand. */
function bisect(costsAt: (at: number) => Costs, from: Costs, to: Costs): number {
  const middle = costsAt((from.at + to.at) / 2);
  if (to.at - from.at <= 0.0005 * to.at) return middle.at;
  return sign(from) === sign(middle) ? bisect(costsAt, middle, to) : bisect(costsAt, from, middle);
}

/**
 * Who is cheaper: only where he is in the low, the base and the high case alike.
 * @returns nothing where the cases disagree, or a price is missing
 */
export function cheaperOf(first: Measured, second: Measured, terms: Terms): string | undefined {
  const [a, b] = [billOf(first, terms).total, billOf(second, terms).total];
  if (!a || !b) return undefined;
  if (cases.every((which) => a[which] < b[which])) return first.variant;
  return cases.every((which) => b[which] < a[which]) ? second.variant : undefined;
}
