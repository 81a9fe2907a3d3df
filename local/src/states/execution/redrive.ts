import { type Execution, historyLimit } from "./execution.ts";

const dayMs = 86_400_000;

/** How long after its end an execution can be redriven, and how long it may be open in all. */
const redrivableMs = 14 * dayMs;
const longestMs = 365 * dayMs;

/**
 * Why RedriveExecution would turn an execution down, in DescribeExecution's words; undefined where it would not.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html (2026-11-21)
 */
export function whyNotRedrivable({ status, events, startMs, stopMs, host }: Execution): string | undefined {
  const { nowMs } = host.clock;
  if (status === "RUNNING" || status === "SUCCEEDED") return `Execution is ${status} and cannot be redriven`;
  // There must be room for ExecutionRedriven and one event more.
  if (events.length >= historyLimit - 1) return "Execution history event limit exceeded";
  if (nowMs - startMs > longestMs) return "Execution has exceeded the max execution time";
  return nowMs - stopMs! > redrivableMs ? "Execution redrivable period exceeded" : undefined;
}

/** How many client tokens are remembered, and for how long. */
const rememberedTokens = 10;
const tokenMs = 900_000;

/**
 * The client tokens by which an execution was redriven, and when.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html (2026-11-21)
 */
export class RedriveTokens {
  readonly #dates = new Map<string, number>();

  /** @returns when the token redrove the execution, in virtual milliseconds */
  dateOf(token: string, nowMs: number): number | undefined {
    const dateMs = this.#dates.get(token);
    return dateMs !== undefined && nowMs - dateMs <= tokenMs ? dateMs : undefined;
  }

  remember(token: string, nowMs: number): void {
    this.#dates.delete(token);
    this.#dates.set(token, nowMs);
    if (this.#dates.size > rememberedTokens) this.#dates.delete(this.#dates.keys().next().value!);
  }
}
