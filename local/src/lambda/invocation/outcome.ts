/** How an invocation ended. */
export interface Outcome {
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
export function succeeded(result: unknown): Outcome {
  let payload: string | undefined;
  try {
    payload = JSON.stringify(result === undefined ? null : result);
  } catch {
    return failed(new Error("Unable to stringify response body"));
  }
  payload ??= "null";
  // A character is at most 3 bytes of UTF-8: only a text that may be too long is measured.
  if (payload.length * 3 > maximumResponseBytes && Buffer.byteLength(payload) > maximumResponseBytes) {
    return failure(
      "Function.ResponseSizeTooLarge",
      `Response payload size exceeded maximum allowed payload size (${maximumResponseBytes} bytes).`,
    );
  }
  return { payload, errorType: undefined, fatal: false };
}

/** What the handler threw, as Node's runtime writes it: name, message, and the stack line by line. */
export function failed(thrown: unknown, fatal = false): Outcome {
  if (!(thrown instanceof Error)) {
    const payload = { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
    return { payload: JSON.stringify(payload), errorType: payload.errorType, fatal };
  }
  const trace = (thrown.stack ?? "").split("\n").filter((line) => !line.includes(ownFolder));
  const payload = { errorType: thrown.name, errorMessage: thrown.message, trace };
  return { payload: JSON.stringify(payload), errorType: thrown.name, fatal };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html */
export const timedOut = (requestId: string, timeoutMs: number): Outcome =>
  failure(
    "Sandbox.Timedout",
    `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
    true,
  );

/** @param reason for instance "exit status 1"; undefined for an exit with status 0 */
export const exited = (requestId: string, reason: string | undefined): Outcome =>
  failure(
    "Runtime.ExitError",
    `RequestId: ${requestId} Error: Runtime exited ${reason ? `with error: ${reason}` : "without providing a reason"}`,
    true,
  );

const failure = (errorType: string, errorMessage: string, fatal = false): Outcome => ({
  payload: JSON.stringify({ errorType, errorMessage }),
  errorType,
  fatal,
});
