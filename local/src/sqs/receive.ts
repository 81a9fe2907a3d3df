import { AwsError, UnknownFeature } from "../errors.ts";
import type { Message } from "./message.ts";
import type { Input } from "./parameters.ts";

const systemAttributes: Readonly<Record<string, (message: Message) => string | undefined>> = {
  ApproximateFirstReceiveTimestamp: ({ firstReceivedAtMs }) => String(firstReceivedAtMs),
  ApproximateReceiveCount: ({ receiveCount }) => String(receiveCount),
  DeadLetterQueueSourceArn: ({ deadLetterSourceArn }) => deadLetterSourceArn,
  SenderId: ({ senderId }) => senderId,
  SentTimestamp: ({ sentAtMs }) => String(sentAtMs),
};

/** Names of attributes that only FIFO queues, or tracing, give a value. */
const neverSet = new Set(["AWSTraceHeader", "MessageDeduplicationId", "MessageGroupId", "SequenceNumber"]);

/** A receipt handle names the message and the time it was received. */
export const receiptHandle = ({ id, receiveCount }: Message): string => `${id}#${receiveCount}`;

/** @throws AwsError ReceiptHandleIsInvalid */
export function messageIdOf(handle: string): string {
  const match = /^([0-9a-f-]{36})#\d+$/.exec(handle);
  if (!match) {
    throw new AwsError(
      "ReceiptHandleIsInvalid",
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
      404,
    );
  }
  return match[1]!;
}

/** A message as ReceiveMessage shows it, with the attributes that `input` asks for. */
export function received(message: Message, input: Input): Record<string, unknown> {
  const shown: Record<string, unknown> = {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(message),
    MD5OfBody: message.bodyMd5,
    Body: message.body,
  };
  const asked = [...names(input, "AttributeNames"), ...names(input, "MessageSystemAttributeNames")];
  if (asked.length > 0) shown["Attributes"] = pickSystem(message, asked);
  const wanted = names(input, "MessageAttributeNames");
  const attributes = Object.entries(message.attributes).filter(([name]) =>
    wanted.some((pattern) => isAsked(name, pattern)),
  );
  if (attributes.length > 0) {
    shown["MessageAttributes"] = Object.fromEntries(attributes);
    if (attributes.length === Object.keys(message.attributes).length)
      shown["MD5OfMessageAttributes"] = message.attributesMd5;
  }
  return shown;
}

const names = (input: Input, name: string): readonly string[] => (input[name] ?? []) as readonly string[];

/** `All`, `.*`, a prefix ending with `.*`, or a name. */
const isAsked = (name: string, pattern: string): boolean =>
  pattern === "All" || (pattern.endsWith(".*") ? name.startsWith(pattern.slice(0, -2)) : name === pattern);

function pickSystem(message: Message, asked: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of asked.includes("All") ? Object.keys(systemAttributes) : asked) {
    const read = Object.hasOwn(systemAttributes, name) ? systemAttributes[name] : undefined;
    if (!read && !neverSet.has(name))
      throw new UnknownFeature(`message system attribute ${name}`, "sqs ReceiveMessage");
    const value = read?.(message);
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
