import type { Facts } from "../bill/facts.ts";
import type { Metered } from "../bill/metered.ts";

/**
 * The longest that an order can wait for a person between two steps, in seconds. Between two events nothing runs, so it
 * waits as long as it likes. A Standard execution lasts a year and a durable one 366 days, an Express one five minutes,
 * a function that others wait for 15 minutes.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (2026-11-21)
 * https://docs.aws.amazon.com/lambda/latest/api/API_DurableConfig.html (2026-11-21)
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (2026-11-21)
 */
export function longestWait({ executions, express, durable, invocations }: Metered): number {
  if (executions > 0) return 365 * 86_400;
  if (durable.length > 0) return 366 * 86_400;
  if (express.length > 0) return 300;
  return invocations.some(({ wokenBy }) => wokenBy === "function") ? 900 : Infinity;
}

/** What Step Functions keeps of a Standard execution that is over. Of an Express one there is the log alone. */
const executionDays = 90;

/** Days that what happened can be read after the fact: of logs, of an archive, of the executions themselves. */
export const auditDays = (
  { logDays, archive, durableDays }: Pick<Facts, "logDays" | "archive" | "durableDays">,
  { executions }: Pick<Metered, "executions">,
): number => Math.max(logDays, archive?.days ?? 0, durableDays ?? 0, executions > 0 ? executionDays : 0);

/**
 * Bytes that the largest message between two steps may have: what Step Functions carries between two states, what a
 * durable execution writes at once, what Lambda takes of an asynchronous invocation.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (2026-11-21)
 * https://docs.rs/durable-execution-sdk/latest/src/durable_execution_sdk/docs/limits.rs.html (2026-11-21)
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (2026-11-21)
 */
export const messageBytes = ({ executions, express, durable }: Metered): number =>
  executions + express.length + durable.length > 0 ? 262_144 : 1_048_576;
