import type { Happening } from "@ovsc/local";
import type { MeteredDurable } from "./metered.ts";

/** A durable execution while it is read. */
interface DurableRun {
  readonly functionName: string;
  readonly startedMs: number;
  tookMs: number;
  /** Its start, and the runs of its function that were repeated. */
  ownOperations: number;
  /** How often each operation was tried, by its id: only a step is ever tried again. */
  readonly tries: Map<string, number>;
  readonly written: number[];
}

/** What a meter has read of durable executions. */
export class DurableReading {
  readonly #executions = new Map<string, DurableRun>();
  /** The requests of the runs of their functions. */
  readonly #requests = new Set<string>();

  add({
    functionName,
    execution,
    event,
    operation,
    bytes,
    causationId,
    atMs,
  }: Extract<Happening, { type: "DurableEvent" }>): void {
    const known = this.#executions.get(execution) ?? begun(functionName, atMs);
    this.#executions.set(execution, known);
    known.tookMs = atMs - known.startedMs;
    known.written.push(bytes);
    if (causationId !== undefined) this.#requests.add(causationId);
    if (operation !== undefined) {
      const isTry = event === "StepSucceeded" || event === "StepFailed";
      known.tries.set(operation, (known.tries.get(operation) ?? 0) + (isTry ? 1 : 0));
    } else if (event === "ExecutionStarted" || event === "InvocationFailed") known.ownOperations += 1;
  }

  /** Whether it was the run of a durable execution. */
  isRun(requestId: string): boolean {
    return this.#requests.has(requestId);
  }

  metered(): MeteredDurable[] {
    return [...this.#executions.values()].map(({ functionName, ownOperations, tries, written, tookMs }) => ({
      functionName,
      operations: [...tries.values()].reduce((sum, each) => sum + Math.max(1, each), ownOperations),
      written,
      tookMs,
    }));
  }
}

const begun = (functionName: string, startedMs: number): DurableRun => ({
  functionName,
  startedMs,
  tookMs: 0,
  ownOperations: 0,
  tries: new Map(),
  written: [],
});
