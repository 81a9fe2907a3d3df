import { stepNames } from "@ovsc/shared";
import type { Assumed } from "../bill/assumptions.ts";
import type { Metered, MeteredInvocation, Waker } from "../bill/metered.ts";
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

const isStep = ({ functionName }: MeteredInvocation): boolean => stepNames.some((step) => functionName.includes(step));

/**
 * An order waits for its steps, and for the durable function that is to invoke the next. Whoever else runs only hears
 * of the order.
 * @param metered of a scenario with one order
 */
export function pathOf(variant: string, { invocations, durable, waitedMs }: Metered): Path {
  const leads = ({ functionName }: MeteredInvocation) => durable.some((each) => each.functionName === functionName);
  const onPath = invocations
    .slice(0, invocations.findLastIndex(isStep) + 1)
    .filter((each) => isStep(each) || leads(each));
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
export type Medians = Readonly<Partial<Record<Hop, number>>>;

/**
 * Models a path once for each choice of sources.
 * @returns none where a hop has no source and nobody said how long it takes
 */
export function model(path: Path, assumed: Assumed, medians: Medians = {}): Modelled | undefined {
  if (unknownHops(path, medians).length > 0) return undefined;
  const each = choices(path).map((chosen) => quantiles(path, chosen, assumed, medians));
  const range = (figure: "p50" | "p95"): Range => ({
    least: Math.min(...each.map((one) => one[figure])),
    most: Math.max(...each.map((one) => one[figure])),
  });
  return { p50: range("p50"), p95: range("p95") };
}

/** The hops of a path of which no source tells, nor the reader. */
export const unknownHops = (path: Path, medians: Medians): readonly Hop[] =>
  hopsOf(path).filter((hop) => sourcesOf(hop).length === 0 && medians[hop] === undefined);

const hopsOf = ({ wakers }: Path): readonly Hop[] => [...new Set(wakers.map((waker) => hopBefore[waker]))];

type Chosen = Readonly<Partial<Record<Hop, HopSource>>>;

/** One source for each hop of the path, in every combination. */
function choices(path: Path): Chosen[] {
  const hops = hopsOf(path).filter((hop) => sourcesOf(hop).length > 0);
  return hops.reduce<Chosen[]>(
    (all, hop) => all.flatMap((chosen) => sourcesOf(hop).map((source) => ({ ...chosen, [hop]: source }))),
    [{}],
  );
}

function quantiles({ wakers, calls }: Path, chosen: Chosen, assumed: Assumed, medians: Medians) {
  const times = wakers.flatMap((waker) => {
    const source = chosen[hopBefore[waker]];
    if (!source) return [];
    const known = distributionOf(source);
    const median = medians[source.hop];
    return [median === undefined ? known : withMedian(known, median)];
  });
  // A hop without a source is as long as the reader says, each time.
  const said = wakers.map((waker) => hopBefore[waker]).filter((hop) => !chosen[hop]);
  const saidMs = said.reduce((sum, hop) => sum + (medians[hop] ?? 0), 0);
  return sumOf(times, wakers.length * assumed.handlerMs + calls * assumed.callMs + saidMs);
}

/** Which of two paths takes less time at the median. */
export interface Faster {
  /** None where the ranges overlap: the sources disagree. */
  readonly faster: string | undefined;
  /** Both are of the same hops and calls: whatever the sources say, they take the same. */
  readonly isEven: boolean;
  /** The median of a hop, in ms, at which both take the same; other hops are as their latest source has them. */
  readonly flips: readonly { readonly hop: Hop; readonly atMs: number }[];
}

export function fasterOf(first: Path, second: Path, assumed: Assumed, medians: Medians = {}): Faster | undefined {
  const [a, b] = [model(first, assumed, medians), model(second, assumed, medians)];
  if (!a || !b) return undefined;
  const faster = a.p50.most < b.p50.least ? first.variant : b.p50.most < a.p50.least ? second.variant : undefined;
  const hops = [...new Set([...hopsOf(first), ...hopsOf(second)])];
  const flips = hops.flatMap((hop) => {
    const atMs = flipOf(hop, first, second, assumed, medians);
    return atMs === undefined ? [] : [{ hop, atMs }];
  });
  return { faster, isEven: madeOf(first) === madeOf(second), flips };
}

const madeOf = ({ wakers, calls }: Path): string => `${wakers.toSorted().join()} ${calls}`;

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
