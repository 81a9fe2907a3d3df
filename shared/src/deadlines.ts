import { answerWithinSeconds, denyUnanswered, isUnanswered } from "./approval.ts";
import { lifecycle } from "./lifecycle.ts";
import type { Reached } from "./steps/reached.ts";
import type { SweepPorts } from "./sweep.ts";

/** How often the deadlines are looked at, in seconds: an order waits for so much longer at the most. */
export const deadlinesEverySeconds = 900;

/**
 * Denies every order that nobody answered in time, where nobody else has a clock for it.
 * @param say tells whoever goes on; where that fails, the row says what is unsaid, and the sweeper finds it
 */
export async function passDeadlines(
  { openOrders, orders, now }: SweepPorts,
  say: (reached: Reached) => Promise<void>,
): Promise<void> {
  const before = new Date(Date.parse(now()) - 1000 * answerWithinSeconds).toISOString();
  for await (const { record } of openOrders.restingSince(before)) {
    if (!record || !isUnanswered(record, now()) || !(await denyUnanswered(orders, record))) continue;
    const { to: status } = lifecycle.ApprovalDenied;
    await say({ event: "ApprovalDenied", record: { ...record, status, statuses: [...record.statuses, status] } });
  }
}
