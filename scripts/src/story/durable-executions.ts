import type { RunLine } from "../runs/log/run-line.ts";

type Line = Extract<RunLine, { type: "DurableEvent" }>;

/** A workflow as code, as far as its history has been read. */
interface Execution {
  /** The lane of the function that it invoked last, and how often it has tried that. */
  invoked: string | undefined;
  tries: number;
  /** Whether it heard of an error from there since. */
  failed: boolean;
}

/**
 * Counts how often durable executions try what they invoke. A workflow begins a new operation for each try, so that
 * nothing of AWS numbers them: another try is the same function, invoked again as the next after it failed.
 */
export class DurableExecutions {
  readonly #executions = new Map<string, Execution>();
  /** By the request of a run of the workflow. */
  readonly #running = new Map<string, Execution>();

  add({ execution: arn, event, causationId }: Line): void {
    const execution = this.#executions.get(arn) ?? { invoked: undefined, tries: 0, failed: false };
    this.#executions.set(arn, execution);
    if (causationId !== undefined) this.#running.set(causationId, execution);
    if (/^ChainedInvoke(Succeeded|Failed|TimedOut|Stopped)$/.test(event))
      execution.failed = event !== "ChainedInvokeSucceeded";
  }

  /** A function was invoked. @returns which try of it this is; nothing where no durable execution invoked it */
  tried(requestId: string | undefined, lane: string): number | undefined {
    const execution = this.#running.get(requestId ?? "");
    if (!execution) return undefined;
    execution.tries = execution.failed && execution.invoked === lane ? execution.tries + 1 : 1;
    execution.invoked = lane;
    return execution.tries;
  }
}
