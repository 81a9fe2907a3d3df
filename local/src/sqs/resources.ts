import { z } from "zod";
import type { ResourceType } from "../assembly/resource-type.ts";
import { resourceType } from "../assembly/resource-type.ts";
import type { QueueSettings } from "./queue.ts";
import type { Sqs } from "./sqs.ts";

const seconds = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const queueProperties = z.strictObject({
  QueueName: z
    .string()
    .regex(/^[\w-]{1,80}$/, "a standard queue's name has 1 to 80 letters, digits, hyphens and underscores")
    .optional(),
  DelaySeconds: seconds(0, 900).default(0),
  MaximumMessageSize: seconds(1024, 1_048_576).default(1_048_576),
  MessageRetentionPeriod: seconds(60, 1_209_600).default(345_600),
  ReceiveMessageWaitTimeSeconds: seconds(0, 20).default(0),
  VisibilityTimeout: seconds(0, 43_200).default(30),
  RedrivePolicy: z
    .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number().int().min(1).max(1000) })
    .optional(),
  /** Encryption by SQS's own key does not show in any answer. */
  SqsManagedSseEnabled: z.union([z.boolean(), z.enum(["true", "false"])]).optional(),
  /** Tags have no effect here. */
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
export function sqsResources(sqs: Sqs): readonly ResourceType<unknown>[] {
  return [
    resourceType({
      type: "AWS::SQS::Queue",
      properties: queueProperties,
      create(properties, { stackName, logicalId }) {
        const queue = sqs.createQueue(properties.QueueName ?? `${stackName}-${logicalId}`, settingsOf(properties));
        return { ref: queue.url, attributes: { Arn: queue.arn, QueueName: queue.name, QueueUrl: queue.url } };
      },
      change: {
        of: Object.keys(queueProperties.shape).filter((name) => name !== "QueueName"),
        apply(properties, _, created) {
          sqs.changeQueue(created.attributes["QueueName"]!, settingsOf(properties));
          return created;
        },
      },
    }),
  ];
}

const settingsOf = (properties: z.infer<typeof queueProperties>): QueueSettings => ({
  delaySeconds: properties.DelaySeconds,
  maximumMessageSize: properties.MaximumMessageSize,
  messageRetentionSeconds: properties.MessageRetentionPeriod,
  receiveWaitSeconds: properties.ReceiveMessageWaitTimeSeconds,
  visibilityTimeoutSeconds: properties.VisibilityTimeout,
  redrive: properties.RedrivePolicy,
});
