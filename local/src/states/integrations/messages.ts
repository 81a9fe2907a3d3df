import { isObject } from "../data/json.ts";
import type { JsonObject } from "../data/json.ts";
import { parseTimestamp } from "../data/timestamp.ts";
import { StateFailure } from "../failure.ts";
import { byName, jsonHeaders, optimizedError, withSdkMetadata } from "./integration.ts";
import type { Integration } from "./integration.ts";

/** @throws StateFailure in the words of AWS SDK for Java 1 for a queue on a host that is none of AWS's */
function checkHost(queueUrl: unknown): void {
  if (typeof queueUrl !== "string" || !URL.canParse(queueUrl)) return;
  const { hostname } = new URL(queueUrl);
  if (/(?:^|\.)amazonaws\.com(?:\.cn)?$/.test(hostname)) return;
  const cause = `Unable to execute HTTP request: ${hostname}: Name or service not known`;
  throw new StateFailure("SQS.SdkClientException", cause);
}

const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/**
 * The optimized integration `sqs:sendMessage`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html
 */
export const sqsSendMessage: Integration = {
  parameters: [
    "DelaySeconds",
    "MessageAttributes",
    "MessageBody",
    "MessageDeduplicationId",
    "MessageGroupId",
    "QueueUrl",
  ],
  service: "sqs",
  operation: "SendMessage",
  input({ input }) {
    const { MessageBody: body, ...rest } = input as JsonObject;
    checkHost(rest.QueueUrl);
    // Recorded: null is no body.
    return { ...rest, ...(body !== undefined && body !== null && { MessageBody: asText(body) }) };
  },
  output: (answer, context) => withSdkMetadata(answer as JsonObject, jsonHeaders(answer), context),
  error: optimizedError("SQS", "AmazonSQS", "AmazonSQSException", {
    ...byName("InvalidMessageContentsException", "UnsupportedOperationException"),
    "AWS.SimpleQueueService.NonExistentQueue": "QueueDoesNotExistException",
    QueueDoesNotExist: "QueueDoesNotExistException",
    InvalidMessageContents: "InvalidMessageContentsException",
  }),
};

/**
 * The optimized integration `events:putEvents`. An entry that is turned down fails the task.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html
 */
export const eventsPutEvents: Integration = {
  parameters: ["Entries", "EndpointId"],
  service: "events",
  operation: "PutEvents",
  unfit: ({ Entries: entries }) =>
    Array.isArray(entries) && entries.every((entry) => isObject(entry) && fitTime(entry.Time)) ? [] : ["Entries"],
  input({ input, execution }) {
    const { Entries: entries, ...rest } = input as JsonObject;
    return {
      ...rest,
      Entries: Array.isArray(entries) ? entries.map((entry) => withOrigin(entry, execution)) : entries,
    };
  },
  output(answer, context) {
    const answered = withSdkMetadata(answer as JsonObject, jsonHeaders(answer), context);
    if ((answer as { FailedEntryCount?: number }).FailedEntryCount) {
      throw new StateFailure("EventBridge.FailedEntry", JSON.stringify(answered));
    }
    return answered;
  },
  error: optimizedError("EventBridge", "AmazonEventBridge", "AmazonEventBridgeException", byName("InternalException")),
};

/** A time is a timestamp or seconds since 1970. */
const fitTime = (time: unknown): boolean =>
  time === undefined || typeof time === "number" || parseTimestamp(time) !== undefined;

/** Step Functions writes the detail as text and adds the ARNs of execution and machine to the resources. */
function withOrigin(entry: unknown, { arn, stateMachine }: { arn: string; stateMachine: { Id: string } }): unknown {
  if (!isObject(entry)) return entry;
  const { Detail: detail, Resources: resources, Time: time, ...rest } = entry;
  return {
    ...rest,
    ...(typeof time === "string" ? { Time: parseTimestamp(time)! / 1000 } : time !== undefined && { Time: time }),
    ...(detail !== undefined && { Detail: asText(detail) }),
    Resources: [...(Array.isArray(resources) ? resources : []), arn, stateMachine.Id],
  };
}
