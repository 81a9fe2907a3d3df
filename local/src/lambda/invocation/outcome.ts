import { types } from "node:util";
import type { Realm } from "../runtime/realm.ts";

/** How an invocation ended. */
export interface InvocationOutcome {
  /** JSON text: the handler's result, or the error. */
  readonly payload: string;
  /** The error's `errorType`, undefined for a success. */
  readonly errorType: string | undefined;
  /** True where the execution environment is gone with it. */
  readonly fatal: boolean;
}

/** The 6 MB of a synchronous payload, and what Lambda adds for its own envelope of a response. */
export const maximumRequestBytes = 6_291_456;
const maximumResponseBytes = 6_291_556;

/** Where the cloud's own code lies; its frames are no part of a handler's stack. */
const ownFolder = import.meta.dirname.replace(/lambda.invocation$/, "");

/** What the handler returned, as Node's runtime writes it: nothing becomes null. */
export function succeeded(result: unknown, { stringify }: Pick<Realm, "stringify">): InvocationOutcome {
  let payload: unknown;
  try {
    payload = stringify(result === undefined ? null : result);
  } catch {
    return failed(new Error("Unable to stringify response body"));
  }
  payload ??= "null";
  if (typeof payload !== "string") return failed(new Error("Unable to stringify response body"));
  // A character is at most 3 bytes of UTF-8: only a text that may be too long is measured.
  if (payload.length * 3 > maximumResponseBytes && Buffer.byteLength(payload) > maximumResponseBytes) {
    return failure(
      "Function.ResponseSizeTooLarge",
      `Response payload size exceeded maximum allowed payload size (${maximumResponseBytes} bytes).`,
    );
  }
  return { payload, errorType: undefined, fatal: false };
}

/**
 * What the handler threw, as Node's runtime writes it: name, message, and the stack line by line.
 * `toRapidResponse` of the package aws-lambda-ric 3.3.0.
 */
export function failed(thrown: unknown, fatal = false): InvocationOutcome {
  const error = describe(thrown);
  return { payload: JSON.stringify(error), errorType: error.errorType, fatal };
}

function describe(thrown: unknown): { errorType: string; errorMessage: string; trace?: readonly string[] } {
  try {
    if (!types.isNativeError(thrown) && !looksLikeError(thrown)) {
      return {
        errorType: typeof thrown,
        errorMessage: text((thrown as { toString(): unknown }).toString()),
        trace: [],
      };
    }
    const { name, message, stack } = thrown;
    const trace = text(stack)
      .split("\n")
      .filter((line) => !line.includes(ownFolder));
    return { errorType: text(name), errorMessage: text(message), trace };
  } catch {
    return {
      errorType: "handled",
      errorMessage:
        "callback called with Error argument, but there was a problem while retrieving one or more of its message, " +
        "name, and stack",
    };
  }
}

const looksLikeError = (thrown: unknown): thrown is Error => {
  const { name, message, stack } = Object(thrown) as Partial<Error>;
  return [name, message, stack].every((member) => typeof member === "string" && member !== "");
};

/** @throws TypeError for what is no text, as the runtime does */
function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("not a text");
  return value.replaceAll("\x7F", "%7F");
}

/** A promise that was rejected and that nobody awaits. */
export function unhandledRejection(reason: unknown): InvocationOutcome {
  let errorMessage: string;
  try {
    errorMessage = String(reason);
  } catch {
    return failed(reason, true);
  }
  const errorType = "Runtime.UnhandledPromiseRejection";
  const payload = { errorType, errorMessage, trace: [`${errorType}: ${errorMessage}`] };
  return { payload: JSON.stringify(payload), errorType, fatal: true };
}

/**
 * The handler's promise is pending, and nothing is left that could settle it. Spelt as the runtime does; the page
 * https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html (2026-11-21) has `Runtime.NodejsExit`.
 */
export function neverSettled(): InvocationOutcome {
  const errorType = "Runtime.NodeJsExit";
  const errorMessage =
    "The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise " +
    "that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes";
  const payload = { errorType, errorMessage, trace: [`${errorType}: ${errorMessage}`] };
  return { payload: JSON.stringify(payload), errorType, fatal: true };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html */
export const timedOut = (requestId: string, timeoutMs: number): InvocationOutcome =>
  failure(
    "Sandbox.Timedout",
    `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
    true,
  );

/** @param reason for instance "exit status 1"; undefined for an exit with status 0 */
export const exited = (requestId: string, reason: string | undefined): InvocationOutcome =>
  failure(
    "Runtime.ExitError",
    `RequestId: ${requestId} Error: Runtime exited ${reason ? `with error: ${reason}` : "without providing a reason"}`,
    true,
  );

/** It took all the memory there is. */
export const outOfMemory = (requestId: string): InvocationOutcome =>
  failure("Runtime.OutOfMemory", `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`, true);

const failure = (errorType: string, errorMessage: string, fatal = false): InvocationOutcome => ({
  payload: JSON.stringify({ errorType, errorMessage }),
  errorType,
  fatal,
});
