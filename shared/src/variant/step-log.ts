import * as z from "zod/mini";

/** A line that a step wrote to its log: see `log.ts`. */
const StepLog = z.looseObject({
  message: z.string(),
  step: z.string(),
  correlationId: z.string(),
  placementId: z.optional(z.string()),
  causationId: z.string(),
  event: z.optional(z.string()),
  refusal: z.optional(z.string()),
  error: z.optional(z.string()),
  reason: z.optional(z.string()),
});
export interface StepLog extends z.infer<typeof StepLog> {
  /** When it was written, in milliseconds since 1970. */
  readonly atMs: number;
}

/**
 * @param line as Lambda keeps it: the runtime may put time, request id and level before what was written
 * @param atMs when it was written, in milliseconds since 1970
 * @returns the line as a step wrote it, or nothing for a line that somebody else wrote
 */
export function stepLog(line: string, atMs: number): StepLog | undefined {
  const start = line.indexOf("{");
  if (start < 0) return undefined;
  try {
    const { data } = StepLog.safeParse(JSON.parse(line.slice(start)));
    return data && { ...data, atMs };
  } catch {
    return undefined;
  }
}
