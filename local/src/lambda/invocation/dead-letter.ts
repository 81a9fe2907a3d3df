import { UnknownFeature } from "../../errors.ts";
import type { Api, Caller } from "../../service.ts";
import { queueUrlOf } from "../../sqs/queue-url.ts";
import type { QueuedEvent } from "./asynchronous-queue.ts";

/** @throws UnknownFeature for anything but a queue */
export function checkDeadLetterQueue(targetArn: string, functionName: string): void {
  if (targetArn.split(":")[2] !== "sqs") throw new UnknownFeature(`the dead-letter target ${targetArn}`, functionName);
}

/**
 * Sends the event itself to the function's dead-letter queue, with the error as message attributes.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq (2026-11-21)
 */
export function sendDeadLetter(
  api: Api,
  caller: Caller,
  queueArn: string,
  event: Pick<QueuedEvent, "outcome" | "payload" | "requestId">,
): Promise<unknown> {
  const { outcome } = event;
  const error = outcome && (JSON.parse(outcome.payload) as { errorMessage?: string });
  return api(caller, "sqs", "SendMessage", {
    QueueUrl: queueUrlOf(queueArn),
    MessageBody: event.payload,
    MessageAttributes: {
      RequestID: { DataType: "String", StringValue: event.requestId },
      ErrorCode: { DataType: "Number", StringValue: outcome ? "200" : "429" },
      ErrorMessage: { DataType: "String", StringValue: error ? (error.errorMessage ?? "") : "Rate Exceeded." },
    },
  });
}
