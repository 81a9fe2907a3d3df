/**
 * How often a failing step is tried again, and how patiently: what Lambda does for an asynchronous invocation (after
 * 1 minute, then 2), so that orchestration, which could choose anything, gets the same.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html (2026-11-21)
 */
export const retryBudget = { retries: 2, firstDelaySeconds: 60, backoffRate: 2 } as const;

/** A step that has not answered by then has failed (Lambda's `Timeout`). */
export const stepTimeoutSeconds = 10;
