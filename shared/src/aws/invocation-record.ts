import type { Reason } from "../ports.ts";

/**
 * What Lambda tells of an asynchronous invocation that failed on its last try.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html (2026-11-21)
 */
export interface InvocationRecord<Event> {
  /** What the function was given: an event, or the record of another failure. */
  readonly requestPayload: Event | InvocationRecord<Event>;
  readonly requestContext: { readonly condition: string; readonly functionArn: string };
  /** What the last try threw; nothing where the event grew too old before one ran. */
  readonly responsePayload?: { readonly errorType?: string; readonly errorMessage?: string } | null;
}

/** The event that a chain of failures began with, and what failed last. */
export function unwrap<Event extends object>(
  given: Event | InvocationRecord<Event>,
): { readonly event: Event; readonly failure?: Reason } {
  if (!("requestPayload" in given)) return { event: given };
  const { requestPayload, requestContext, responsePayload } = given;
  const { errorType = requestContext.condition, errorMessage = "" } = responsePayload ?? {};
  return { event: unwrap(requestPayload).event, failure: { error: errorType, message: errorMessage } };
}
