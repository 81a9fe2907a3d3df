import { AwsError } from "../errors.ts";

interface Failure {
  readonly statusCode: number;
  readonly message: string;
  /** Who answers with it, as `service` or `service operation`; every service if not given. */
  readonly of?: readonly string[];
}

/**
 * What AWS answers where it cannot do what it should. The SDK retries all of them but TransactionCanceledException.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/CommonErrors.html (both 2026-11-21)
 */
const failures = {
  InternalFailure: { statusCode: 500, message: "The request processing has failed because of an unknown error." },
  ServiceUnavailable: { statusCode: 503, message: "The request has failed due to a temporary failure of the server." },
  ThrottlingException: { statusCode: 400, message: "The request was denied due to request throttling." },
  InternalServerError: { statusCode: 500, message: "Internal server error", of: ["dynamodb"] },
  ProvisionedThroughputExceededException: {
    statusCode: 400,
    message: "The level of configured provisioned throughput for the table was exceeded.",
    of: ["dynamodb"],
  },
  RequestLimitExceeded: {
    statusCode: 400,
    message: "Throughput exceeds the current throughput limit for your account.",
    of: ["dynamodb"],
  },
  TransactionConflictException: {
    statusCode: 400,
    message: "Transaction is ongoing for the item",
    of: ["dynamodb PutItem", "dynamodb UpdateItem", "dynamodb DeleteItem"],
  },
  TransactionInProgressException: {
    statusCode: 400,
    message: "Transaction is already in progress",
    of: ["dynamodb TransactWriteItems"],
  },
  /** The first of its items conflicts with another transaction. */
  TransactionCanceledException: {
    statusCode: 400,
    message: "Transaction cancelled, please refer cancellation reasons for specific reasons",
    of: ["dynamodb TransactWriteItems", "dynamodb TransactGetItems"],
  },
  InternalException: { statusCode: 500, message: "This exception occurs due to unexpected causes.", of: ["events"] },
  TooManyRequestsException: { statusCode: 429, message: "Rate Exceeded.", of: ["lambda"] },
  ServiceException: {
    statusCode: 500,
    message: "The AWS Lambda service encountered an internal error.",
    of: ["lambda"],
  },
} as const satisfies Readonly<Record<string, Failure>>;

export type AwsFailure = keyof typeof failures;

/**
 * The answer of a service that fails so.
 * @throws RangeError where the service never answers so: a fault that cannot be would prove nothing
 */
export function awsFailure(
  name: AwsFailure,
  { service, operation, input }: { service: string; operation: string; input: Readonly<Record<string, unknown>> },
): AwsError {
  const { statusCode, message, of }: Failure = failures[name];
  if (of && !of.includes(service) && !of.includes(`${service} ${operation}`)) {
    throw new RangeError(`${service} ${operation} does not answer ${name}; ${of.join(", ")} may`);
  }
  if (name !== "TransactionCanceledException") return new AwsError(name, message, statusCode);
  const reasons = (input["TransactItems"] as readonly unknown[]).map((_, index) =>
    index === 0 ? { Code: "TransactionConflict", Message: "Transaction is ongoing for the item" } : { Code: "None" },
  );
  const codes = reasons.map(({ Code }) => Code).join(", ");
  return new AwsError(name, `${message} [${codes}]`, statusCode, { CancellationReasons: reasons });
}
