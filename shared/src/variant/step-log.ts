import * as z from "zod";

/** A line that a step wrote to its log: see `log.ts`. */
const StepLog = z.looseObject({
  message: z.string(),
  step: z.string(),
  correlationId: z.string(),
  causationId: z.string(),
  event: z.string().optional(),
  refusal: z.string().optional(),
  error: z.string().optional(),
  reason: z.string().optional(),
});
export type StepLog = z.infer<typeof StepLog>;

/**
 * @param line as Lambda keeps it: the runtime may put time, request id and level before what was written
 * @returns the line as a step wrote it, or nothing for a line that somebody else wrote
 */
export function stepLog(line: string): StepLog | undefined {
  const start = line.indexOf("{");
  if (start < 0) return undefined;
  try {
    return StepLog.safeParse(JSON.parse(line.slice(start))).data;
  } catch {
    return undefined;
  }
}

/** An order's way as its steps logged it: what woke each step, and what it said. */
export function storyInLogs(logs: readonly StepLog[]): string[] {
  return logs.map(({ message, step, event, refusal, error, reason }) => {
    if (message === "step started") return event ? `${event} wakes ${step}` : `${step} starts`;
    const why = refusal ?? reason;
    return `  ${error ? `failed: ${error}` : message}${why ? ` (${why})` : ""}`;
  });
}
