import { z } from "zod";
import { declaration, type ResourceType } from "../assembly/resource-type.ts";

const transformation = z.strictObject({
  MetricName: z.string().max(255),
  MetricNamespace: z.string().max(255),
  MetricValue: z.string().max(100),
  DefaultValue: z.coerce.number().optional(),
  Unit: z.string().optional(),
  Dimensions: z
    .array(z.strictObject({ Key: z.string(), Value: z.string() }))
    .max(3)
    .optional(),
});

/**
 * A metric filter is checked and named, and counts nothing: there are no metrics.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-metricfilter.html
 * (2026-11-21)
 */
export const metricFilter: ResourceType<unknown> = declaration({
  type: "AWS::Logs::MetricFilter",
  properties: z.strictObject({
    FilterName: z.string().max(512).optional(),
    FilterPattern: z.string().max(1024),
    LogGroupName: z.string(),
    MetricTransformations: z.array(transformation).length(1),
  }),
  create: ({ FilterName }, { stackName, logicalId }) => ({
    ref: FilterName ?? `${stackName}-${logicalId}`,
    attributes: {},
  }),
});
