import { assumed, cases, type Replaced } from "../bill/assumptions.ts";
import { functionMs } from "../bill/durations.ts";
import type { Metered } from "../bill/metered.ts";
import { type Ceiling, quotas, type Region, regions, type Use } from "./quotas.ts";

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
 * Orders a second that the default quotas of each listed Region let through: of the quota that is met first. How long
 * functions run is assumed, so it is a span.
 */
export const ceilingsOf = (shipped: Metered, replaced: Replaced): Readonly<Record<string, Ceiling>> =>
  Object.fromEntries(regions.map((region) => [region, ceilingIn(region, shipped, replaced)]));

function ceilingIn(region: Region, shipped: Metered, replaced: Replaced): Ceiling {
  const uses: Readonly<Record<Use, number>> = {
    PutEvents: shipped.events.length,
    "event deliveries": shipped.invocations.filter(({ wokenBy }) => wokenBy === "rule").length,
    StartExecution: shipped.executions,
    "state transitions": shipped.transitions,
  };
  const seconds = cases.map((which) => {
    const ms = functionMs({ metered: shipped, assumed: assumed(which, replaced) });
    return ms.reduce((sum, one) => sum + one, 0) / 1_000;
  });
  const each: readonly Ceiling[] = [
    ...quotas.map(({ use, perSecond }) => among(use, perSecond[region]!, uses[use])),
    among("StartExecution of Express", expressStarts, shipped.express.length),
    among("starts of durable executions", durableStarts, shipped.durable.length),
    {
      by: "functions that run at once",
      least: concurrentFunctions / Math.max(...seconds),
      most: concurrentFunctions / Math.min(...seconds),
    },
  ];
  const least = each.toSorted((a, b) => a.least - b.least)[0]!;
  return { by: least.by, least: least.least, most: Math.min(...each.map(({ most }) => most)) };
}

/** Infinity where an order uses none of it. */
function among(by: string, perSecond: number, used: number): Ceiling {
  const most = used > 0 ? perSecond / used : Infinity;
  return { by, least: most, most };
}
