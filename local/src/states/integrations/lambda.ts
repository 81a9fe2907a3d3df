import type { AwsError } from "../../errors.ts";
import { isObject, nestingLimit, nestsTooDeep } from "../data/json.ts";
import type { JsonObject } from "../data/json.ts";
import { StateFailure, tooLarge } from "../failure.ts";
import { byName, optimizedError, withSdkMetadata } from "./integration.ts";
import type { Integration } from "./integration.ts";

/** What Lambda answers to Invoke inside the cloud; payloads are text. */
interface Invoked {
  readonly StatusCode: number;
  readonly Payload?: string;
  readonly FunctionError?: string;
  readonly ExecutedVersion?: string;
}

const error: (error: AwsError, requestId: string) => { error: string; cause: string } = optimizedError(
  "Lambda",
  "AWSLambda",
  "AWSLambdaException",
  byName(
    "ResourceNotFoundException",
    "TooManyRequestsException",
    "ServiceException",
    "InvalidParameterValueException",
    "InvalidRequestContentException",
    "RequestTooLargeException",
    "ResourceConflictException",
    "ResourceNotReadyException",
    "UnsupportedMediaTypeException",
    "InvalidRuntimeException",
  ),
);

/**
 * The optimized integration `lambda:invoke`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
export const lambdaInvoke: Integration = {
  parameters: ["FunctionName", "Payload", "InvocationType", "ClientContext", "LogType", "Qualifier"],
  service: "lambda",
  operation: "Invoke",
  input({ input }) {
    const { Payload: payload, ...rest } = input as JsonObject;
    // A text is sent as it stands, so it has to be JSON itself; everything else is written as JSON.
    const text = typeof payload === "string" ? payload : JSON.stringify(payload ?? {});
    return { InvocationType: "RequestResponse", ...rest, Payload: text };
  },
  output(answer, context) {
    const { StatusCode, FunctionError, Payload: text = "", ExecutedVersion } = answer as Invoked;
    if (FunctionError !== undefined) {
      const payload = parsed(text);
      throw new StateFailure(errorTypeOf(payload), payload === undefined ? text : JSON.stringify(payload));
    }
    const headers = {
      ...(ExecutedVersion !== undefined && { "X-Amz-Executed-Version": ExecutedVersion }),
      "x-amzn-Remapped-Content-Length": "0",
      Connection: "keep-alive",
      "Content-Length": String(Buffer.byteLength(text)),
      "X-Amzn-Trace-Id": `root=${context.requestId}`,
      "Content-Type": "application/json",
    };
    const version = ExecutedVersion === undefined ? {} : { ExecutedVersion };
    const payload = parsed(text);
    return {
      ...withSdkMetadata({ ...version, ...(payload !== undefined && { Payload: payload }) }, headers, context),
      StatusCode,
    };
  },
  error,
};

/** A Task whose Resource is the ARN of a function: the input is the event, the returned value is the result. */
export const lambdaDirect = (arn: string): Integration => ({
  parameters: undefined,
  service: "lambda",
  operation: "Invoke",
  input: ({ input }) => ({ FunctionName: arn, InvocationType: "RequestResponse", Payload: JSON.stringify(input) }),
  output(answer) {
    const { FunctionError, Payload: text = "" } = answer as Invoked;
    const payload = parsed(text);
    // Recorded: unlike lambda:invoke, the cause is the function's payload as it came.
    if (FunctionError !== undefined) throw new StateFailure(errorTypeOf(payload), text);
    return payload ?? null;
  },
  error,
});

/** @throws StateFailure for a payload that is nested deeper than any data may be */
function parsed(text: string): unknown {
  let payload: unknown;
  try {
    payload = text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
  if (text.length > 2 * nestingLimit && nestsTooDeep(payload)) throw tooLarge("lambda");
  return payload;
}

/** Errors that a function did not raise by name, such as running out of memory, are `Lambda.Unknown`. */
const errorTypeOf = (payload: unknown): string =>
  isObject(payload) && typeof payload.errorType === "string" && payload.errorType !== ""
    ? payload.errorType
    : "Lambda.Unknown";
