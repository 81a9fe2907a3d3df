import { AwsError } from "../errors.ts";
import type { Queue } from "./queue.ts";

const attributes: Readonly<Record<string, (queue: Queue) => string | undefined>> = {
  ApproximateNumberOfMessages: (queue) => String(queue.counts().visible),
  ApproximateNumberOfMessagesDelayed: (queue) => String(queue.counts().delayed),
  ApproximateNumberOfMessagesNotVisible: (queue) => String(queue.counts().inFlight),
  CreatedTimestamp: (queue) => seconds(queue.createdAtMs),
  DelaySeconds: ({ settings }) => String(settings.delaySeconds),
  LastModifiedTimestamp: (queue) => seconds(queue.createdAtMs),
  MaximumMessageSize: ({ settings }) => String(settings.maximumMessageSize),
  MessageRetentionPeriod: ({ settings }) => String(settings.messageRetentionSeconds),
  QueueArn: ({ arn }) => arn,
  ReceiveMessageWaitTimeSeconds: ({ settings }) => String(settings.receiveWaitSeconds),
  RedrivePolicy: ({ settings }) => settings.redrive && JSON.stringify(settings.redrive),
  VisibilityTimeout: ({ settings }) => String(settings.visibilityTimeoutSeconds),
};

const seconds = (ms: number): string => String(Math.floor(ms / 1000));

/**
 * The attributes asked for, as text. `All` gives those the cloud keeps.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
export function queueAttributes(queue: Queue, asked: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of asked.includes("All") ? Object.keys(attributes) : asked) {
    const read = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (!read) throw new AwsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
    const value = read(queue);
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
