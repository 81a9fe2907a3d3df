import { account } from "../identity.ts";

/**
 * The URL by which a queue of this account is known.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 */
export const queueUrl = (region: string, name: string): string =>
  `https://sqs.${region}.amazonaws.com/${account}/${name}`;

/** The URL of the queue an ARN names. */
export function queueUrlOf(queueArn: string): string {
  const [, , , region, owner, name] = queueArn.split(":");
  return `https://sqs.${region}.amazonaws.com/${owner}/${name}`;
}
