import { stepNames } from "@ovsc/shared";
import type { Assumed } from "../bill/assumptions.ts";
import type { Metered, Waker } from "../bill/metered.ts";
import { distributionOf, type Hop, hopBefore, type HopSource, sourcesOf, sumOf, withMedian } from "./hops.ts";

/** An order's way through a variant: what lies between its placing and its end. */
export interface Path {
  readonly variant: string;
  /** What woke each function, in order. */
  readonly wakers: readonly Waker[];
  /** Calls of AWS that functions waited for. */
  readonly calls: number;
  /** Virtual milliseconds that retries waited. */
  readonly waitedMs: number;
}

/**
 * Whoever is no step only hears of an order, which does not wait for it.
 * @param metered of a scenario with one order
 */
export function pathOf(variant: string, { invocations, waitedMs }: Metered): Path {
  const onPath = invocations.filter(({ functionName }) => stepNames.some((step) => functionName.includes(step)));
  return {
    variant,
    wakers: onPath.map(({ wokenBy }) => wokenBy),
    calls: onPath.reduce((sum, { calls }) => sum + calls, 0),
    waitedMs,
  };
}

/** Milliseconds, from the most favourable source to the least. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** How long a path takes: modelled, never measured. */
export interface Modelled {
  readonly p50: Range;
  readonly p95: Range;
}

/** What a reader says instead of the sources: the median of a hop, in milliseconds. */
export type Medians = Readonly<Partial<Record<Hop | "direct", number>>>;

/**
 * Models a path once for each choice of sources.
 * @returns none where a function calls a function and nobody said how long that takes
 */
export function model(path: Path, assumed: Assumed, medians: Medians = {}): Modelled | undefined {
  if (path.wakers.some(isDirect) && medians.direct === undefined) return undefined;
  const each = choices(path).map((chosen) => quantiles(path, chosen, assumed, medians));
  const range = (figure: "p50" | "p95"): Range => ({
    least: Math.min(...each.map((one) => one[figure])),
    most: Math.max(...each.map((one) => one[figure])),
  });
  return { p50: range("p50"), p95: range("p95") };
}

const isDirect = (waker: Waker): boolean => hopBefore[waker] === undefined;

type Chosen = Readonly<Partial<Record<Hop, HopSource>>>;

/** One source for each hop of the path, in every combination. */
function choices({ wakers }: Path): Chosen[] {
  const hops = [...new Set(wakers.map((waker) => hopBefore[waker]))].filter((hop) => hop !== undefined);
  return hops.reduce<Chosen[]>(
    (all, hop) => all.flatMap((chosen) => sourcesOf(hop).map((source) => ({ ...chosen, [hop]: source }))),
    [{}],
  );
}

function quantiles({ wakers, calls }: Path, chosen: Chosen, assumed: Assumed, medians: Medians) {
  const times = wakers.flatMap((waker) => {
    const hop = hopBefore[waker];
    if (!hop) return [];
    const known = distributionOf(chosen[hop]!);
    const median = medians[hop];
    return [median === undefined ? known : withMedian(known, median)];
  });
  const direct = wakers.filter(isDirect).length * (medians.direct ?? 0);
  return sumOf(times, wakers.length * assumed.handlerMs + calls * assumed.callMs + direct);
}

/** Which of two paths takes less time at the median. */
export interface Faster {
  /** None where the ranges overlap: the sources disagree. */
  readonly faster: string | undefined;
  /** The median of a hop, in ms, at which both take the same; other hops are as their latest source has them. */
  readonly flips: readonly { readonly hop: Hop; readonly atMs: number }[];
}

export function fasterOf(first: Path, second: Path, assumed: Assumed, medians: Medians = {}): Faster | undefined {
  const [a, b] = [model(first, assumed, medians), model(second, assumed, medians)];
  if (!a || !b) return undefined;
  const faster = a.p50.most < b.p50.least ? first.variant : b.p50.most < a.p50.least ? second.variant : undefined;
  const hops = [...new Set([...first.wakers, ...second.wakers].map((waker) => hopBefore[waker]))];
  const flips = hops.flatMap((hop) => {
    if (!hop) return [];
    const atMs = flipOf(hop, first, second, assumed, medians);
    return atMs === undefined ? [] : [{ hop, atMs }];
  });
  return { faster, flips };
}

/** What a hop's median is looked for between, in milliseconds. */
const shortest = 1;
const longest = 10_000;

function flipOf(hop: Hop, first: Path, second: Path, assumed: Assumed, medians: Medians): number | undefined {
  const difference = (atMs: number): number => {
    const at = { ...medians, [hop]: atMs };
    return quantiles(first, latest(first), assumed, at).p50 - quantiles(second, latest(second), assumed, at).p50;
  };
  if (Math.sign(difference(shortest)) === Math.sign(difference(longest))) return undefined;
  let [from, to] = [shortest, longest];
  while (to - from > 0.5) {
    const middle = (from + to) / 2;
    if (Math.sign(difference(middle)) === Math.sign(difference(from))) from = middle;
    else to = middle;
  }
  return Math.round((from + to) / 2);
}

/** The source of each hop that was measured last. */
const latest = (path: Path): Chosen => choices(path).toSorted((a, b) => dates(b).localeCompare(dates(a)))[0] ?? {};

const dates = (chosen: Chosen): string =>
  Object.values(chosen)
    .map(({ measured }) => measured)
    .join();
