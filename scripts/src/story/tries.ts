import type { StepName } from "@ovsc/shared";
import type { Moment, Story } from "./story.ts";

/** A try of a step: of its function, or inside its function where that tries again by itself. */
export interface Try {
  readonly step: StepName;
  /** Virtual milliseconds since 1970. */
  readonly atMs: number;
  readonly isRetry: boolean;
  /** True where it was told that it failed, or where the function began the same work again. */
  failed: boolean;
}

/** The tries of all steps, in the order of time. A function that begins with its first call again tries again. */
export function triesIn({ moments }: Pick<Story, "moments">): Try[] {
  const tries: Try[] = [];
  /** By the index of the moment at which an invocation began: its latest try, and its first call. */
  const begun = new Map<number, { latest: Try; first?: Moment }>();
  for (const moment of moments) {
    const { kind, step, atMs, cause, attempt = 1, error, index } = moment;
    if (kind === "started" && step !== undefined) {
      const latest = { step, atMs, isRetry: attempt > 1, failed: false };
      tries.push(latest);
      begun.set(index, { latest });
    }
    const own = begun.get(cause ?? 0);
    if (!own) continue;
    if (kind === "ended" && error !== undefined) own.latest.failed = true;
    if (kind !== "called") continue;
    const { latest } = own;
    own.first ??= moment;
    if (atMs > latest.atMs && own.first.text === moment.text && own.first.lane === moment.lane) {
      latest.failed = true;
      own.latest = { step: latest.step, atMs, isRetry: true, failed: false };
      tries.push(own.latest);
    }
  }
  return tries;
}
