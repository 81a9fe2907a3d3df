import { Duration, Stack } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, type IFilterPattern, type ILogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { StepHandlers } from "./step-handlers.ts";
import type { Sweeper } from "./sweeper.ts";

/** Of every metric that an alarm looks at. */
const period = Duration.minutes(5);

export interface SagaAlarmsProps {
  readonly functions: StepHandlers["functions"];
  readonly sweeper: Sweeper;
}

/**
 * Alarms for what a person must hear of: it has happened once within five minutes. They tell nobody by themselves: an
 * account connects them to whoever is on call. Common to all variants: orders that are parked, acts of the sweeper, and
 * sweeps that fail.
 */
export class SagaAlarms extends Construct {
  constructor(scope: Construct, id: string, { functions, sweeper }: SagaAlarmsProps) {
    super(scope, id);
    const logs = sweeper.function.logs;
    this.onLines("ParkedOrders", {
      says: "An order is parked: its undo failed, and it waits for pnpm repair",
      // The sweeper parks where ParkOrder does not.
      lines: [functions.ParkOrder.logs, logs].map((logGroup) => ({ logGroup, pattern: oneTerm("OrderParked") })),
    });
    this.onLines("Sweeps", {
      says: "The sweeper acted: news was lost beyond the budget of the retries",
      lines: [{ logGroup: logs, pattern: oneTerm("swept") }],
    });
    this.onMetrics("FailedSweeps", "A sweep failed: the next one, an hour later, finds the same orders", [
      sweeper.function.metricErrors({ period }),
    ]);
  }

  /** Where functions wait in Lambda's queue: messages that were given up, and failure records that were lost. */
  onQueues({ functions, deadLetters }: Pick<SagaAlarmsProps, "functions"> & { readonly deadLetters: IQueue }): void {
    this.onMetrics("DeadLettersLeft", "A message could not be handed over, or parking failed on every try", [
      deadLetters.metricApproximateNumberOfMessagesVisible({ period, statistic: Stats.MAXIMUM }),
    ]);
    this.onMetrics(
      "FailedDestinations",
      "Lambda could not tell that a step failed on its last try: the order waits for the sweeper",
      Object.values(functions).map((each) =>
        each.metric("DestinationDeliveryFailures", { period, statistic: Stats.SUM }),
      ),
    );
  }

  /** Goes off when any of these metrics, each a count and ten at the most, is more than 0. */
  onMetrics(id: string, says: string, metrics: readonly IMetric[]): void {
    this.#add(id, says, metrics.length > 1 ? sumOf(metrics) : metrics[0]!);
  }

  /** Goes off when a line is logged that matches. */
  onLines(id: string, { says, lines }: { readonly says: string; readonly lines: readonly LoggedLine[] }): void {
    const [metricNamespace, metricName] = [Stack.of(this).stackName, id];
    for (const [index, { logGroup, pattern: filterPattern }] of lines.entries()) {
      const named = { metricNamespace, metricName, metricValue: "1" };
      new MetricFilter(this, `${id}Filter${index}`, { logGroup, filterPattern, ...named });
    }
    this.#add(id, says, new Metric({ namespace: metricNamespace, metricName, statistic: Stats.SUM, period }));
  }

  #add(id: string, says: string, metric: IMetric): void {
    new Alarm(this, id, {
      alarmDescription: says,
      metric,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

/** Lines of a log group that match a pattern. */
interface LoggedLine {
  readonly logGroup: ILogGroup;
  readonly pattern: IFilterPattern;
}

/**
 * A line that holds the word. The runtime puts time and request id before the JSON, so patterns of JSON do not match.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html (2026-11-21)
 */
const oneTerm = (word: string): IFilterPattern => FilterPattern.allTerms(word);

function sumOf(metrics: readonly IMetric[]): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({ expression: "SUM(FILL(METRICS(), 0))", usingMetrics, period });
}
