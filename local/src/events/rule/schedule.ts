import { cronSchedule, invalidSchedule } from "./cron.ts";

/** When a rule ticks. */
export interface Schedule {
  /**
   * @param afterMs virtual milliseconds since 1970
   * @param sinceMs when the rule got this schedule
   * @returns the first tick after `afterMs`; undefined where there is none
   */
  nextMs(afterMs: number, sinceMs: number): number | undefined;
}

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * A rate ticks first one interval after its rule got it.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html (2026-11-21)
 * @throws AwsError ValidationException
 * @throws UnknownFeature for L, W and # in a cron expression
 */
export function compileSchedule(expression: string): Schedule {
  const cron = /^cron\(([^()]*)\)$/.exec(expression);
  if (cron) return { nextMs: cronSchedule(cron[1]!.trim().split(/\s+/)) };
  const rate = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression);
  const value = Number(rate?.[1]);
  // One minute, but 2 minutes.
  if (!rate || value < 1 || (value === 1) !== (rate[3] === "")) throw invalidSchedule();
  const intervalMs = value * unitMs[rate[2]!]!;
  return { nextMs: (afterMs, sinceMs) => sinceMs + (Math.floor((afterMs - sinceMs) / intervalMs) + 1) * intervalMs };
}
