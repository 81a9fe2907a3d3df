import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Duration, Stack } from "aws-cdk-lib";
import { Alarm, type CfnAlarm, MathExpression, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { FilterPattern, LogGroup } from "aws-cdk-lib/aws-logs";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCloud } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "alarms-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => void (process.env["CDK_VALIDATION"] = "false"));

/** Deploys a stack with an alarm on a queue, one on what a log says, and one on both. */
function deployed(name: string, change: (alarm: CfnAlarm) => void = () => {}) {
  const app = new App({ outdir: join(folder, name), analyticsReporting: false });
  const stack = new Stack(app, "Shop");
  const parked = new Queue(stack, "Parked").metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) });
  const said = new LogGroup(stack, "Log").addMetricFilter("Acts", {
    filterPattern: FilterPattern.stringValue("$.act", "=", "swept"),
    metricNamespace: "Shop",
    metricName: "Acts",
  });
  const treatMissingData = TreatMissingData.NOT_BREACHING;
  const alarm = new Alarm(stack, "Dead", { metric: parked, threshold: 1, evaluationPeriods: 1, treatMissingData });
  new Alarm(stack, "Swept", { metric: said.metric({ statistic: "Sum" }), threshold: 1, evaluationPeriods: 1 });
  const both = new MathExpression({ expression: "a + b", usingMetrics: { a: parked, b: said.metric() } });
  new Alarm(stack, "Both", { metric: both, threshold: 1, evaluationPeriods: 2, datapointsToAlarm: 1 });
  change(alarm.node.defaultChild as CfnAlarm);
  app.synth();
  return openCloud({ assemblies: [join(folder, name)] });
}

test("alarms and metric filters of a stack are there by name", async () => {
  const cloud = await deployed("whole");
  const resources = Object.entries(cloud.stacks.get("Shop")!.resources);
  const [logicalId, alarm] = resources.find(([id]) => id.startsWith("Dead"))!;
  expect(alarm.physicalId).toBe(`Shop-${logicalId}`);
  expect(alarm.attributes).toEqual({ Arn: `arn:aws:cloudwatch:eu-west-2:000000000000:alarm:Shop-${logicalId}` });
  expect(resources.map(([, { type }]) => type).filter((type) => type === "AWS::CloudWatch::Alarm")).toHaveLength(3);
  expect(resources.some(([, { type }]) => type === "AWS::Logs::MetricFilter")).toBe(true);
});

test.each<[string, (alarm: CfnAlarm) => void, string]>([
  ["half-a-metric", (alarm) => alarm.addPropertyDeletionOverride("Namespace"), "A metric needs Namespace"],
  ["no-metric", (alarm) => alarm.addPropertyDeletionOverride("MetricName"), "Exactly one of MetricName and Metrics"],
  ["period", (alarm) => alarm.addPropertyOverride("Period", 45), "Period"],
  ["more-points", (alarm) => alarm.addPropertyOverride("DatapointsToAlarm", 3), "DatapointsToAlarm must be less"],
  ["unknown", (alarm) => alarm.addPropertyOverride("ThresholdMetricId", "a"), "ThresholdMetricId"],
])("an alarm that AWS would not take, or that is not known, is refused: %s", async (name, change, message) => {
  await expect((async () => deployed(name, change))()).rejects.toThrow(message);
});
