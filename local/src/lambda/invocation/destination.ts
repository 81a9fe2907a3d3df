import { UnknownFeature } from "../../errors.ts";
import { account } from "../../identity.ts";
import type { Api, Caller } from "../../service.ts";
import type { DestinationCondition, QueuedEvent } from "./asynchronous-queue.ts";

/**
 * The record of an asynchronous invocation that Lambda sends to a destination, as JSON text.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html (2026-11-21)
 */
export function invocationRecord(event: QueuedEvent, condition: DestinationCondition, nowMs: number): string {
  const { outcome, lambdaFunction } = event;
  const error = outcome?.errorType === undefined ? {} : { functionError: "Unhandled" };
  return JSON.stringify({
    version: "1.0",
    timestamp: new Date(nowMs).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: `${lambdaFunction.arn}:$LATEST`,
      condition,
      approximateInvokeCount: event.invokeCount,
    },
    requestPayload: JSON.parse(event.payload),
    ...(outcome && {
      responseContext: { statusCode: 200, executedVersion: "$LATEST", ...error },
      responsePayload: JSON.parse(outcome.payload),
    }),
  });
}

/** Sends a record to a queue, a function or a bus, with the rights of the function's role. */
export function sendRecord(
  api: Api,
  caller: Caller,
  destinationArn: string,
  record: string,
  event: QueuedEvent,
  condition: DestinationCondition,
): Promise<unknown> {
  const service = destinationArn.split(":")[2] ?? "";
  switch (service) {
    case "sqs":
      return api(caller, "sqs", "SendMessage", { QueueUrl: queueUrl(destinationArn), MessageBody: record });
    case "lambda":
      return api(caller, "lambda", "Invoke", {
        FunctionName: destinationArn,
        InvocationType: "Event",
        Payload: record,
      });
    case "events": {
      const result = condition === "Success" ? "Success" : "Failure";
      const entry = {
        EventBusName: destinationArn,
        Source: "lambda",
        DetailType: `Lambda Function Invocation Result - ${result}`,
        Detail: record,
        Resources: [destinationArn, `${event.lambdaFunction.arn}:$LATEST`],
      };
      return api(caller, "events", "PutEvents", { Entries: [entry] });
    }
    default:
      throw new UnknownFeature(`the destination ${destinationArn}`, event.lambdaFunction.name);
  }
}

/**
 * Sends the event itself to the function's dead-letter queue, with the error as message attributes.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq (2026-11-21)
 */
export function sendDeadLetter(api: Api, caller: Caller, queueArn: string, event: QueuedEvent): Promise<unknown> {
  const { outcome } = event;
  const error = outcome && (JSON.parse(outcome.payload) as { errorMessage?: string });
  return api(caller, "sqs", "SendMessage", {
    QueueUrl: queueUrl(queueArn),
    MessageBody: event.payload,
    MessageAttributes: {
      RequestID: { DataType: "String", StringValue: event.requestId },
      ErrorCode: { DataType: "Number", StringValue: outcome ? "200" : "429" },
      ErrorMessage: { DataType: "String", StringValue: error ? (error.errorMessage ?? "") : "Rate Exceeded." },
    },
  });
}

/** @throws UnknownFeature at load time for a destination the cloud cannot send to */
export function checkDestination(destinationArn: string, where: string, services: readonly string[]): void {
  const service = destinationArn.split(":")[2] ?? "";
  if (!services.includes(service)) throw new UnknownFeature(`the destination ${destinationArn}`, where);
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html */
function queueUrl(queueArn: string): string {
  const [, , , region, , name] = queueArn.split(":");
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}
