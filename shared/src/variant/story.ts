import type { StepLog } from "./step-log.ts";

/** A line of an order's way, and when that was, in milliseconds since 1970. */
export interface StoryLine {
  readonly atMs: number;
  readonly text: string;
}

/** The lines for a person, each with the seconds since the first. */
export function renderStory(lines: readonly StoryLine[]): string[] {
  const beganMs = lines[0]?.atMs ?? 0;
  return lines.map(({ atMs, text }) => `${((atMs - beganMs) / 1000).toFixed(1).padStart(6)} s  ${text}`);
}

/** An order's way as its steps logged it: what woke each step, at which try, and what it said. */
export function storyInLogs(logs: readonly StepLog[]): StoryLine[] {
  const tries = new Map<string, number>();
  return logs.map(({ atMs, message, step, event, causationId, refusal, error, reason }) => {
    if (message === "step started") {
      const delivery = `${step} ${causationId}`;
      const count = (tries.get(delivery) ?? 0) + 1;
      tries.set(delivery, count);
      return {
        atMs,
        text: `${event ? `${event} wakes ${step}` : `${step} starts`}${count > 1 ? `, try ${count}` : ""}`,
      };
    }
    const why = refusal ?? reason;
    return { atMs, text: `  ${error ? `failed: ${error}` : message}${why ? ` (${why})` : ""}` };
  });
}
