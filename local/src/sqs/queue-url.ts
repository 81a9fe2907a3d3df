import { account, type Place } from "../identity.ts";

/**
 * The URL by which a queue of this account is known.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 */
export const queueUrl = (place: Place, name: string): string =>
  `https://sqs.${place.region}.amazonaws.com/${account}/${name}`;

/** The URL of the queue an ARN names. */
export function queueUrlOf(queueArn: string, { region }: Place): string {
  const [, , , queueRegion = region, owner, name] = queueArn.split(":");
  return `https://sqs.${queueRegion}.amazonaws.com/${owner}/${name}`;
}
