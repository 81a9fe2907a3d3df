import type { Span } from "./span.ts";

/** What an order uses of a service that AWS gives so many of a second. */
export type Use = "PutEvents" | "event deliveries" | "StartExecution" | "state transitions";

/** So many a second by default, in Regions; all of these can be raised on request. */
interface Quota {
  readonly use: Use;
  readonly perSecond: Readonly<Record<string, number>>;
}

/** Regions that are told apart: the three largest, and where this project's stacks go by default. */
export const regions = ["us-east-1", "us-west-2", "eu-west-1", "eu-west-2"] as const;
export type Region = (typeof regions)[number];

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
  "AWS quota pages: Step Functions of 2026-10-07, EventBridge after 2026-09-24, Lambda; read on 2026-11-21";

/** How many orders a second a Region's default quotas let through, and which quota is met first. */
export interface Ceiling extends Span {
  readonly by: string;
}
