import { hash } from "node:crypto";
import { AwsError } from "../errors.ts";

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  /** Base64. */
  readonly BinaryValue?: string;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message on a queue. Times are virtual milliseconds since 1970. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly bodyMd5: string;
  readonly attributes: MessageAttributes;
  readonly attributesMd5: string | undefined;
  readonly senderId: string;
  readonly sentAtMs: number;
  visibleAtMs: number;
  firstReceivedAtMs: number | undefined;
  receiveCount: number;
  /** The queue whose redrive policy moved it here. */
  deadLetterSourceArn: string | undefined;
}

export const md5 = (text: string): string => hash("md5", text);

/**
 * The MD5 digest of message attributes, by name in order, each part behind its length.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function attributesMd5(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0) return undefined;
  const parts: Buffer[] = [];
  for (const name of names) {
    const { DataType, StringValue, BinaryValue } = attributes[name]!;
    const value = StringValue === undefined ? Buffer.from(BinaryValue ?? "", "base64") : Buffer.from(StringValue);
    const transport = Buffer.from([StringValue === undefined ? 2 : 1]);
    parts.push(withLength(Buffer.from(name)), withLength(Buffer.from(DataType)), transport, withLength(value));
  }
  return hash("md5", Buffer.concat(parts));
}

function withLength(part: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(part.length);
  return Buffer.concat([length, part]);
}

/** @throws AwsError for an attribute without a type or a value */
export function readAttributes(value: unknown): MessageAttributes {
  const attributes = (value ?? {}) as MessageAttributes;
  for (const [name, attribute] of Object.entries(attributes)) {
    const { DataType, StringValue, BinaryValue } = attribute;
    if (!/^(String|Number|Binary)(\.|$)/.test(DataType ?? "")) {
      throw new AwsError(
        "InvalidParameterValue",
        `The message attribute '${name}' has an invalid message attribute type, the set of supported type ` +
          "prefixes is Binary, Number, and String.",
      );
    }
    if ((DataType.startsWith("Binary") ? BinaryValue : StringValue) === undefined) {
      throw new AwsError(
        "InvalidParameterValue",
        `The message attribute '${name}' must contain non-empty message attribute value for message attribute ` +
          `type '${DataType}'.`,
      );
    }
  }
  return attributes;
}

/** What counts against the queue's limit: the body and the name, type and value of each attribute. */
export function messageSize(body: string, attributes: MessageAttributes): number {
  let size = Buffer.byteLength(body);
  for (const name in attributes) {
    const { DataType, StringValue = "", BinaryValue = "" } = attributes[name]!;
    size += Buffer.byteLength(name + DataType + StringValue) + Buffer.byteLength(BinaryValue, "base64");
  }
  return size;
}
