import type { Api } from "../../service.ts";
import type { Delivery } from "./delivery.ts";
import type { DeliveryFailure } from "./retry.ts";

/** Which limit of the retry policy ended the retries. */
export interface Exhausted {
  readonly condition: "MaximumRetryAttempts" | "MaximumEventAgeInSeconds";
  readonly retries: number;
}

/**
 * Hands an undelivered event to the target's dead-letter queue: the whole event, and why it got there as attributes.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html#eb-rule-dlq
 */
export async function sendDeadLetter(
  delivery: Delivery,
  queueUrl: string,
  failure: DeliveryFailure,
  exhausted: Exhausted | undefined,
  api: Api,
): Promise<void> {
  const attributes: Record<string, string> = {
    RULE_ARN: delivery.rule.arn,
    TARGET_ARN: delivery.target.description.Arn,
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message,
  };
  if (exhausted) {
    attributes["EXHAUSTED_RETRY_CONDITION"] = exhausted.condition;
    attributes["RETRY_ATTEMPTS"] = String(exhausted.retries);
  }
  await api(delivery.caller(), "sqs", "SendMessage", {
    QueueUrl: queueUrl,
    MessageBody: delivery.event.text,
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
    ),
  });
}
