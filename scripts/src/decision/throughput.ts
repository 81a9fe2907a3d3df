import { assumed, cases, type Replaced } from "../bill/assumptions.ts";
import { functionMs } from "../bill/durations.ts";
import type { Metered } from "../bill/metered.ts";
import { ceilingOf, regions, type Use } from "../page/operating/quotas.ts";
import type { Span } from "./span.ts";

/**
 * Functions that run at once in a Region, by default; asynchronous and synchronous alike.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (2026-11-21)
 */
const concurrentFunctions = 1_000;
/**
 * StartExecution of Express state machines, in every Region. Their transitions are not limited.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (2026-10-07)
 */
const expressStarts = 6_000;

/**
 * Starts of durable executions, in a Region.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (2026-11-21)
 */
const durableStarts = 300;

/**
 * Orders a second that the default quotas of a Region let through: the first one that is met. How long functions run is
 * assumed, so it is a span.
 * @returns nothing for a Region whose quotas are not listed
 */
export function throughput(shipped: Metered, region: string, replaced: Replaced): Span | undefined {
  const listed = regions.find((each) => each === region);
  if (!listed) return undefined;
  const uses: Readonly<Record<Use, number>> = {
    PutEvents: shipped.events.length,
    "event deliveries": shipped.invocations.filter(({ wokenBy }) => wokenBy === "rule").length,
    StartExecution: shipped.executions,
    "state transitions": shipped.transitions,
  };
  const ofServices = Math.min(
    ceilingOf(uses, listed)?.ordersPerSecond ?? Infinity,
    shipped.express.length > 0 ? expressStarts / shipped.express.length : Infinity,
    shipped.durable.length > 0 ? durableStarts / shipped.durable.length : Infinity,
  );
  const each = cases.map((which) => {
    const ms = functionMs({ metered: shipped, assumed: assumed(which, replaced) });
    const seconds = ms.reduce((sum, one) => sum + one, 0) / 1_000;
    return Math.min(ofServices, concurrentFunctions / seconds);
  });
  return { least: Math.min(...each), most: Math.max(...each) };
}
