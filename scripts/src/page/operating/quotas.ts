import type { Story } from "../../story/story.ts";

/** What an order uses of a service that AWS gives so many of a second. */
export type Use = "PutEvents" | "event deliveries" | "StartExecution" | "state transitions";

/** So many a second by default, in Regions; all of these can be raised on request. */
interface Quota {
  readonly use: Use;
  readonly perSecond: Readonly<Record<string, number>>;
}

/** Regions that are told apart: the three largest, and where this project's stacks go by default. */
export const regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-west-2"] as const;

const inLargest = (largest: number, london: number) => ({
  "us-east-1": largest,
  "us-west-2": largest,
  "eu-west-1": largest,
  "eu-west-2": london,
});

/**
 * Default quotas: the refill of the token bucket where there is one.
 * Step Functions service quotas (page of 2026-10-07), Standard workflows; Amazon EventBridge quotas, classic custom bus
 * (page after 2026-09-24). Both read on 2026-11-21.
 */
export const quotas: readonly Quota[] = [
  { use: "PutEvents", perSecond: inLargest(10_000, 1_200) },
  { use: "event deliveries", perSecond: inLargest(18_750, 2_250) },
  { use: "StartExecution", perSecond: inLargest(300, 150) },
  { use: "state transitions", perSecond: inLargest(5_000, 800) },
];

export const sources =
  "AWS quota pages: Step Functions of 2026-10-07, EventBridge after 2026-09-24, read on 2026-11-21";

/** What an order uses in a story: a state is a transition each time that it is entered. */
export function usesIn({ moments, lanes }: Story): Readonly<Record<Use, number>> {
  const isMachine = (id: string) => lanes.find((lane) => lane.id === id)?.kind === "state machine";
  const entered = moments.filter(
    ({ kind, lane, text }) => kind === "moved" && isMachine(lane) && !text.startsWith("Execution"),
  );
  return {
    PutEvents: moments.filter(({ kind }) => kind === "published").length,
    "event deliveries": moments.filter(({ kind }) => kind === "delivered").length,
    StartExecution: moments.filter(({ text }) => text === "ExecutionStarted").length,
    "state transitions": entered.length,
  };
}

/** How many orders a second a Region's default quotas let through, and which quota is met first. */
export interface Ceiling {
  readonly ordersPerSecond: number;
  readonly by: Use;
}

/** @returns nothing where the order uses none of what is counted here */
export function ceilingOf(uses: Readonly<Record<Use, number>>, region: (typeof regions)[number]): Ceiling | undefined {
  return quotas
    .filter(({ use }) => uses[use] > 0)
    .map(({ use, perSecond }) => ({ ordersPerSecond: Math.floor(perSecond[region]! / uses[use]), by: use }))
    .toSorted((a, b) => a.ordersPerSecond - b.ordersPerSecond)[0];
}
