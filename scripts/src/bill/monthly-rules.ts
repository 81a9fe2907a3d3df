import type { Case } from "./assumptions.ts";
import type { Facts } from "./facts.ts";
import type { PriceId } from "./prices.ts";

/** A line of a bill that is there every month, with or without orders. */
export interface MonthlyRule {
  readonly id: string;
  readonly title: string;
  readonly price: PriceId;
  /** As a person computes it. */
  readonly formula: string;
  /** The page that says so, and when it was read. */
  readonly source: string;
  units(facts: Facts, which: Case): number;
}

/** CloudWatch's own page was not read: what others write of it is not of one mind. */
export const monthlyRules: readonly MonthlyRule[] = [
  {
    id: "alarms",
    title: "alarms",
    price: "alarm",
    formula: "metrics that alarms read, each term of a sum (low: alarms)",
    source: "https://signoz.io/guides/cloudwatch-pricing (2026-02-15), a secondary page",
    units: ({ alarms }, which) => (which === "low" ? alarms.count : alarms.read),
  },
  {
    id: "log-metrics",
    title: "metrics made of log lines",
    price: "custom-metric",
    formula: "none: a filter makes its metric in the hours in which a line matches (high: every hour)",
    source: "https://signoz.io/guides/cloudwatch-pricing (2026-02-15), a secondary page",
    units: ({ alarms }, which) => (which === "high" ? alarms.made : 0),
  },
];
