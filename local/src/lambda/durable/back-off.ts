const firstDelayMs = 1_000;
const longestDelayMs = 300_000;

/**
 * How long Lambda waits before it repeats what failed or was throttled: exponential back-off, of which AWS publishes no
 * figures; those of Lambda's queue of asynchronous invocations.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-sdk-retries.html (Backend retries, 2026-11-21)
 */
export const backOffMs = (failures: number): number => Math.min(longestDelayMs, firstDelayMs * 2 ** failures);
