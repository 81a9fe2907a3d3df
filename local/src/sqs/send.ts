import { AwsError } from "../errors.ts";
import type { Message } from "./message.ts";
import { attributesMd5, md5, messageSize, readAttributes } from "./message.ts";
import type { Input } from "./parameters.ts";
import { integer, requiredString } from "./parameters.ts";
import type { Queue } from "./queue.ts";

export interface Sending {
  readonly id: string;
  readonly nowMs: number;
  readonly senderId: string;
}

/**
 * A message as SendMessage describes it.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 * @throws AwsError for a body that is missing, too large or not allowed; UnknownFeature
 */
export function readMessage(input: Input, queue: Queue, sending: Sending): Message {
  const body = requiredString(input, "MessageBody");
  const delaySeconds = integer(input, "DelaySeconds", 0, 900, queue.settings.delaySeconds);
  const attributes = readAttributes(input["MessageAttributes"]);
  const limit = queue.settings.maximumMessageSize;
  if (messageSize(body, attributes) > limit) {
    throw new AwsError(
      "InvalidParameterValue",
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    );
  }
  if (notAllowed.test(body)) {
    throw new AwsError(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to " +
        "#xFFFD | #x10000 to #x10FFFF",
    );
  }
  return {
    id: sending.id,
    body,
    bodyMd5: md5(body),
    attributes,
    attributesMd5: attributesMd5(attributes),
    senderId: sending.senderId,
    sentAtMs: sending.nowMs,
    visibleAtMs: sending.nowMs + delaySeconds * 1000,
    firstReceivedAtMs: undefined,
    receiveCount: 0,
    deadLetterSourceArn: undefined,
  };
}

// eslint-disable-next-line no-control-regex -- these control characters are what SQS does not take
const notAllowed = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** The answer to SendMessage. */
export const sent = (message: Message) => ({
  MessageId: message.id,
  MD5OfMessageBody: message.bodyMd5,
  ...(message.attributesMd5 === undefined ? {} : { MD5OfMessageAttributes: message.attributesMd5 }),
});
