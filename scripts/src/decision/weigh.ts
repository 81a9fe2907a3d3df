import type { Weights } from "./brief.ts";
import { type Driver, drivers } from "./drivers.ts";
import type { Evidence } from "./evidence.ts";
import type { Span } from "./span.ts";

/** From how many times on a difference is one that decides. */
export const threshold = 1.5;

/** Whose a driver is. */
export interface Verdict {
  readonly driver: Driver;
  readonly values: Readonly<Record<string, Span | undefined>>;
  /** Better by `threshold` or more at every value that sources give; none for a tie. */
  readonly winner: string | undefined;
  /** Why there is no winner. */
  readonly why: "closer than the threshold" | "sources disagree" | "not known of both" | undefined;
}

/** Holds two variants against each other, driver by driver. */
export const verdictsOf = (first: Evidence, second: Evidence): Verdict[] =>
  drivers.map((driver) => {
    const values = { [first.variant]: driver.of(first), [second.variant]: driver.of(second) };
    const [a, b] = [driver.of(first), driver.of(second)];
    if (!a || !b) return { driver, values, winner: undefined, why: "not known of both" };
    const [less, more] = [isLess(a, b), isLess(b, a)];
    const fewer = less ? first.variant : more ? second.variant : undefined;
    const greater = less ? second.variant : more ? first.variant : undefined;
    const winner = driver.better === "less" ? fewer : greater;
    if (winner !== undefined) return { driver, values, winner, why: undefined };
    const overlap = a.least <= b.most && b.least <= a.most && (a.least !== a.most || b.least !== b.most);
    return { driver, values, winner, why: overlap ? "sources disagree" : "closer than the threshold" };
  });

/** Whether the greatest of one is less than the least of the other by the threshold. */
const isLess = (one: Span, other: Span): boolean => one.most * threshold <= other.least && one.most < other.least;

export const weightOf = (weights: Weights, { id }: Driver): number => weights[id] ?? 1;

/** What the weights come to. */
export interface Weighed {
  readonly verdicts: readonly Verdict[];
  readonly points: Readonly<Record<string, number>>;
  /** None: no decision within the thresholds. */
  readonly winner: string | undefined;
}

export function weigh(first: Evidence, second: Evidence, weights: Weights): Weighed {
  const verdicts = verdictsOf(first, second);
  const pointsOf = (variant: string): number =>
    verdicts.reduce((sum, { driver, winner }) => sum + (winner === variant ? weightOf(weights, driver) : 0), 0);
  const points = Object.fromEntries([first, second].map(({ variant }) => [variant, pointsOf(variant)]));
  const ahead = pointsOf(first.variant) - pointsOf(second.variant);
  return { verdicts, points, winner: ahead === 0 ? undefined : (ahead > 0 ? first : second).variant };
}
