import type { Choices } from "../../choices.ts";
import type { AwsError } from "../../errors.ts";

/** EventBridge's name for why a delivery failed, and whether another attempt may help. */
export interface DeliveryFailure {
  readonly code: string;
  readonly message: string;
  readonly isRetriable: boolean;
}

const throttled = /Throttl|TooManyRequests|ProvisionedThroughputExceeded|RequestLimitExceeded/;
const noPermission = /^AccessDenied|^NotAuthorized|^UnauthorizedOperation/;
const noResource = /^ResourceNotFound|^QueueDoesNotExist|^StateMachineDoesNotExist|NonExistentQueue$/;
const badParameter = /^Validation|^Invalid/;

/**
 * Only throttling and errors of the service itself are tried again; a missing permission or resource is not.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html
 */
export function classify({ code, message, statusCode }: AwsError): DeliveryFailure {
  if (statusCode === 429 || throttled.test(code)) return { code: "THROTTLING", message, isRetriable: true };
  if (statusCode >= 500) return { code: "ERROR_FROM_TARGET", message, isRetriable: true };
  if (noPermission.test(code)) return { code: "NO_PERMISSIONS", message, isRetriable: false };
  if (noResource.test(code)) return { code: "NO_RESOURCE", message, isRetriable: false };
  return { code: badParameter.test(code) ? "INVALID_PARAMETER" : "SDK_CLIENT_ERROR", message, isRetriable: false };
}

const firstDelayMs = 1000;
const longestDelayMs = 480_000;
const jitterOptions = 4;

/**
 * How long to wait before retry number `retry` (from 1). AWS says "exponential back off and jitter" and no more;
 * doubling from 1 second up to 8 minutes puts the 185 retries of the default just within its 24 hours. Jitter adds
 * up to 75 %.
 */
export function retryDelayMs(retry: number, choices: Choices): number {
  const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (retry - 1));
  return delayMs + (delayMs / jitterOptions) * choices.choose(jitterOptions, "retry jitter");
}
