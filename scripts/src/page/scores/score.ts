import { everyTwo } from "../../every-two.ts";
import type { Result } from "../../judgement/results.ts";
import type { Count } from "../../runs/counts.ts";
import type { Story } from "../../story/story.ts";
import { type Comparison, compareValues } from "./comparison.ts";
import { type Metric, metrics, total } from "./metrics.ts";
import { storyMetrics } from "./story-metrics.ts";

/** A row of the scoreboard. */
export interface Score {
  readonly metric: Metric;
  /** By the name of the variant, over all orders of the run. */
  readonly values: Readonly<Record<string, Count>>;
  readonly comparison: Comparison;
}

/**
 * Every metric of a run, compared.
 * @param stories of the orders that the log has in full, by the name of the variant
 */
export function scoresOf(
  results: readonly Result[],
  variants: readonly string[],
  stories: Readonly<Record<string, readonly Story[]>>,
): Score[] {
  const score = (metric: Metric, value: (variant: string) => Count): Score => {
    const values = Object.fromEntries(variants.map((variant) => [variant, value(variant)]));
    return { metric, values, comparison: compareValues(values, metric.kind) };
  };
  const isTold = Object.values(stories).some(({ length }) => length > 0);
  const all = [
    ...metrics.map((metric) => score(metric, (variant) => total(metric, results, variant))),
    ...(isTold ? storyMetrics : []).map((metric) =>
      score({ ...metric, isOfLog: true }, (name) => metric.ofStories(stories[name]!)),
    ),
  ];
  return all.filter(
    ({ metric, values }) => !metric.isOmittedAtZero || Object.values(values).some((each) => each !== 0),
  );
}

/** How often one variant of a pair is better than the other, by the metrics that are weighed. */
export interface Pairing {
  readonly left: string;
  readonly right: string;
  readonly wins: readonly Metric[];
  readonly ties: readonly Metric[];
  readonly losses: readonly Metric[];
}

/** Every two variants, held against each other by the metrics of which less is better. */
export function pairings(scores: readonly Score[], variants: readonly string[]): Pairing[] {
  const fewer = scores.filter(({ metric }) => metric.kind === "fewer");
  return everyTwo(variants).map(([left, right]) => {
    const weighed = fewer.filter(({ values }) => values[left] !== "unknown" && values[right] !== "unknown");
    const by = Map.groupBy(weighed, ({ values, metric }) => {
      return compareValues({ [left]: values[left]!, [right]: values[right]! }, metric.kind).winner;
    });
    const metricsOf = (winner: string | undefined) => (by.get(winner) ?? []).map(({ metric }) => metric);
    return { left, right, wins: metricsOf(left), ties: metricsOf(undefined), losses: metricsOf(right) };
  });
}
