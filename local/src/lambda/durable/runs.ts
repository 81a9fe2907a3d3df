import { AwsError, UnknownFeature } from "../../errors.ts";
import type { DurableEvent } from "../../history.ts";
import type { Ids } from "../../identity.ts";
import type { Surroundings } from "../invocation/environment.ts";
import type { Environments } from "../invocation/environments.ts";
import type { InvocationOutcome } from "../invocation/outcome.ts";
import { backOffMs } from "./back-off.ts";
import type { DurableExecution, ExecutionEnd } from "./durable-execution.ts";
import { bytesOf, endNames, type ErrorObject } from "./operation.ts";

/** What a durable function answers. `DurableExecutionInvocationOutput` of the SDK 2.4.0. */
interface Answer {
  readonly Status?: string;
  readonly Result?: string;
  readonly Error?: ErrorObject;
}

/** Runs durable functions, again and again until they have answered for good. */
export class Runs {
  readonly #surroundings: Pick<Surroundings, "clock" | "history" | "fail">;
  readonly #environments: Environments;
  readonly #ids: Ids;
  readonly #left: (execution: DurableExecution) => void;

  /** @param left takes each execution that ended otherwise than well */
  constructor(
    surroundings: Pick<Surroundings, "clock" | "history" | "fail">,
    { environments, ids, left }: RunsOptions,
  ) {
    this.#surroundings = surroundings;
    this.#environments = environments;
    this.#ids = ids;
    this.#left = left;
  }

  /** Runs the function for its execution; one that runs is told with its next checkpoint, or after. */
  wake(execution: DurableExecution, afterMs = 0): void {
    if (execution.invocation !== undefined || execution.end) return;
    const requestId = this.#ids.uuid();
    execution.invocation = requestId;
    const { started, failures } = execution;
    const about = () => {
      const operations = JSON.stringify(execution.operations, withoutTimes);
      return { what: "other", durable: started.name, operations, attempts: failures } as const;
    };
    const run = () => {
      if (!execution.end) this.#run(execution, requestId);
    };
    execution.keep(this.#surroundings.clock.schedule(afterMs, run, about));
  }

  #run(execution: DurableExecution, requestId: string): void {
    const { lambdaFunction, trace } = execution.started;
    const invocation = {
      requestId,
      payload: execution.nextEvent(),
      attempt: execution.failures + 1,
      asynchronous: true,
      trace: { correlationId: trace.correlationId, causationId: execution.causationId },
    };
    execution.causationId = requestId;
    try {
      this.#environments.run(lambdaFunction, invocation, (outcome) => this.#answered(execution, outcome));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#again(execution);
    }
  }

  #answered(execution: DurableExecution, outcome: InvocationOutcome): void {
    execution.invocation = undefined;
    if (execution.end) return;
    if (outcome.errorType !== undefined) {
      this.#again(execution);
      return;
    }
    const { Status, Result, Error: error } = (JSON.parse(outcome.payload) ?? {}) as Answer;
    execution.failures = 0;
    if (Status === "SUCCEEDED") this.end(execution, succeededWith(Result));
    else if (Status === "FAILED") this.end(execution, failedWith(error));
    else if (Status !== "PENDING" || !(execution.hasNews || execution.waits)) {
      const answer = `a durable function that answers ${outcome.payload}`;
      this.#surroundings.fail(new UnknownFeature(answer, execution.started.arn));
    } else if (execution.hasNews) this.wake(execution);
  }

  /** A failed invocation is repeated until the execution's own time is over. */
  #again(execution: DurableExecution): void {
    execution.invocation = undefined;
    execution.failures += 1;
    this.record(execution, { event: "InvocationFailed", bytes: 0 });
    this.wake(execution, backOffMs(execution.failures - 1));
  }

  end(execution: DurableExecution, end: ExecutionEnd): void {
    if (execution.end) return;
    execution.end = end;
    execution.endedAtMs = this.#surroundings.clock.nowMs;
    execution.cancelTimers();
    this.record(execution, {
      event: `Execution${endNames[end.status]}`,
      ...(end.error && { error: end.error.ErrorType ?? "Error" }),
      bytes: bytesOf(end.result, end.error),
    });
    if (end.status !== "SUCCEEDED") this.#left(execution);
  }

  record(execution: DurableExecution, details: Omit<DurableEvent, "type" | "functionName" | "execution">): void {
    const { lambdaFunction, arn, trace } = execution.started;
    const { causationId } = execution;
    this.#surroundings.history.record(
      { correlationId: trace.correlationId, causationId },
      { type: "DurableEvent", functionName: lambdaFunction.name, execution: arn, ...details },
    );
  }
}

export interface RunsOptions {
  readonly environments: Environments;
  readonly ids: Ids;
  readonly left: (execution: DurableExecution) => void;
}

/** What happened when does not decide what comes next. */
const withoutTimes = (key: string, value: unknown): unknown => (key.endsWith("Timestamp") ? undefined : value);

/** An end of an execution, as its function or a checkpoint says it. */
export const succeededWith = (result: string | undefined): ExecutionEnd => ({
  status: "SUCCEEDED",
  ...(result !== undefined && { result }),
});
export const failedWith = (error: ErrorObject | undefined): ExecutionEnd => ({
  status: "FAILED",
  ...(error && { error }),
});
