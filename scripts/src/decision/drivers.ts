import type { Evidence } from "./evidence.ts";
import type { Span } from "./span.ts";

/**
 * What a choice turns on, and the metric that speaks for it. The forces carry the names of N. Ford, M. Richards,
 * P. Sadalage, Z. Dehghani, "Software Architecture: The Hard Parts" (O'Reilly, 2021), ch. 11 and 12.
 */
export interface Driver {
  readonly id: string;
  readonly title: string;
  readonly force: "communication" | "consistency" | "coordination" | "implementation coupling" | "state" | "cost";
  /** What an ADR cites. */
  readonly metric: string;
  readonly unit: string;
  readonly better: "less" | "more";
  /** How anybody finds the value again. */
  readonly command: string;
  readonly of: (evidence: Evidence) => Span | undefined;
}

const exactly = (value: number): Span => ({ least: value, most: value });

export const drivers: readonly Driver[] = [
  {
    id: "responsiveness",
    title: "how soon an order ships",
    force: "communication",
    metric: "latency.happy.p50",
    unit: "ms, modelled",
    better: "less",
    command: "pnpm latency --scenario happy --profile idiomatic --variants all",
    of: ({ shippedMs }) => shippedMs,
  },
  {
    id: "error-handling",
    title: "how long the table may be away before half of the orders are lost",
    force: "consistency",
    metric: "outage.table.half",
    unit: "s",
    better: "more",
    command: "pnpm outage table --profile idiomatic --variants all",
    of: ({ outageSeconds }) => exactly(outageSeconds.table ?? 0),
  },
  {
    id: "recoverability",
    title: "how long functions may be throttled before half of the orders are lost",
    force: "consistency",
    metric: "outage.lambda.half",
    unit: "s",
    better: "more",
    command: "pnpm outage lambda --profile idiomatic --variants all",
    of: ({ outageSeconds }) => exactly(outageSeconds.lambda ?? 0),
  },
  {
    id: "throughput",
    title: "orders a second by default quotas",
    force: "coordination",
    metric: "quota.orders",
    unit: "a second, modelled from quotas",
    better: "more",
    command: "pnpm decide --json",
    of: ({ ceilings, region }) => ceilings[region],
  },
  {
    id: "state",
    title: "what is handed from step to step (stamp coupling)",
    force: "state",
    metric: "state.handed",
    unit: "bytes an order",
    better: "less",
    command: "pnpm decide --json",
    of: ({ handedBytes }) => exactly(handedBytes),
  },
  {
    id: "change",
    title: "lines of what coordinates that the change requests change",
    force: "implementation coupling",
    metric: "footprint.lines",
    unit: "lines",
    better: "less",
    command: "pnpm footprint",
    of: ({ changedLines }) => exactly(changedLines),
  },
  {
    id: "coupling",
    title: "how many resources of the template the flow is written in",
    force: "implementation coupling",
    metric: "flow.places",
    unit: "resources",
    better: "less",
    command: "pnpm decide --json",
    of: ({ places }) => exactly(places),
  },
  {
    id: "observability",
    title: "how many calls it takes to know why an order whose shipping was refused is where it is",
    force: "state",
    metric: "trace.why.calls",
    unit: "calls",
    better: "less",
    command: "pnpm trace ORDER",
    of: ({ whyCalls }) => exactly(whyCalls),
  },
  {
    id: "cost",
    title: "what a million orders cost",
    force: "cost",
    metric: "cost.million",
    unit: "USD, modelled",
    better: "less",
    command: "pnpm cost --profile idiomatic --variants all",
    of: ({ usdPerMillion }) => usdPerMillion,
  },
];

/** What no run measures: it enters only by a line that the reader writes. */
export const judgements = ["who owns which step", "what the teams have run before", "how often the flow will change"];
