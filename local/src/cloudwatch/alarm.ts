import { z } from "zod";
import { declaration, type ResourceType } from "../assembly/resource-type.ts";
import { AwsError } from "../errors.ts";
import { arn } from "../identity.ts";

const dimensions = z.array(z.strictObject({ Name: z.string(), Value: z.string() })).max(30);
/** 10, 20, 30, or so many minutes. */
const periodSeconds = z.coerce
  .number()
  .int()
  .refine((seconds) => [10, 20, 30].includes(seconds) || (seconds > 0 && seconds % 60 === 0));
const actions = z.array(z.string()).max(5).optional();

const metric = z.strictObject({
  Id: z.string().regex(/^[a-z][A-Za-z0-9_]*$/),
  Expression: z.string().optional(),
  Label: z.string().optional(),
  MetricStat: z
    .strictObject({
      Metric: z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions.optional() }),
      Period: periodSeconds,
      Stat: z.string(),
      Unit: z.string().optional(),
    })
    .optional(),
  Period: periodSeconds.optional(),
  ReturnData: z.boolean().optional(),
});

const properties = z.strictObject({
  AlarmName: z.string().min(1).max(255).optional(),
  AlarmDescription: z.string().max(1024).optional(),
  ActionsEnabled: z.boolean().optional(),
  AlarmActions: actions,
  OKActions: actions,
  InsufficientDataActions: actions,
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: dimensions.optional(),
  Statistic: z.enum(["Average", "Maximum", "Minimum", "SampleCount", "Sum"]).optional(),
  ExtendedStatistic: z.string().optional(),
  Period: periodSeconds.optional(),
  Unit: z.string().optional(),
  Metrics: z.array(metric).min(1).max(20).optional(),
  EvaluationPeriods: z.coerce.number().int().min(1),
  DatapointsToAlarm: z.coerce.number().int().min(1).optional(),
  Threshold: z.coerce.number(),
  ComparisonOperator: z.enum([
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanOrEqualToThreshold",
    "LessThanThreshold",
  ]),
  TreatMissingData: z.enum(["breaching", "notBreaching", "ignore", "missing"]).optional(),
  EvaluateLowSampleCountPercentile: z.enum(["evaluate", "ignore"]).optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
});

/**
 * An alarm is checked and named, and never goes off: there are no metrics.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
 * (2026-11-21)
 */
export const alarmResources = (region: string): ResourceType<unknown>[] => [
  declaration({
    type: "AWS::CloudWatch::Alarm",
    properties,
    create(alarm, { stackName, logicalId }) {
      const { MetricName, Metrics, Namespace, Period, Statistic, ExtendedStatistic } = alarm;
      if ((MetricName === undefined) === (Metrics === undefined)) {
        throw invalid("Exactly one of MetricName and Metrics must be specified");
      }
      const isWhole = Namespace !== undefined && Period !== undefined && (Statistic ?? ExtendedStatistic) !== undefined;
      if (MetricName !== undefined && !isWhole) throw invalid("A metric needs Namespace, Period and a statistic");
      if ((alarm.DatapointsToAlarm ?? 1) > alarm.EvaluationPeriods) {
        throw invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
      }
      const name = alarm.AlarmName ?? `${stackName}-${logicalId}`;
      return { ref: name, attributes: { Arn: arn("cloudwatch", region, `alarm:${name}`) } };
    },
  }),
];

const invalid = (message: string) => new AwsError("ValidationError", message);
