import { AwsError, UnknownFeature } from "../../errors.ts";
import type { Api, Caller } from "../../service.ts";
import type { Surroundings } from "../invocation/environment.ts";
import { rolePrincipal } from "../invocation/invocation.ts";
import { backOffMs } from "./back-off.ts";
import { endedBy } from "./changed.ts";
import type { DurableExecution } from "./durable-execution.ts";
import { bytesOf, endNames, type ErrorObject, type Operation, type OperationUpdate } from "./operation.ts";
import { failedWith, type Runs, succeededWith } from "./runs.ts";

/** What executions wait for outside of their function: time, other functions, callbacks. */
export class Waits {
  readonly #surroundings: Pick<Surroundings, "clock" | "fail">;
  readonly #api: Api;
  readonly #runs: Runs;

  constructor(surroundings: Pick<Surroundings, "clock" | "fail">, api: Api, runs: Runs) {
    this.#surroundings = surroundings;
    this.#api = api;
    this.#runs = runs;
  }

  /** Starts what an update asks the service for: a timer, an invocation of another function. */
  follow(execution: DurableExecution, operation: Operation, update: OperationUpdate): void {
    const { Type, Action, Payload } = update;
    const { clock } = this.#surroundings;
    this.#runs.record(execution, {
      event: eventName(Type, Action),
      operation: operation.Id,
      ...(operation.Name !== undefined && { name: operation.Name }),
      bytes: bytesOf(Payload, update.Error),
    });
    if (Type === "EXECUTION") {
      this.#runs.end(execution, Action === "SUCCEED" ? succeededWith(Payload) : failedWith(update.Error));
    } else if (Type === "STEP" && Action === "RETRY") {
      const { NextAttemptDelaySeconds = 0 } = update.StepOptions!;
      this.#later(execution, NextAttemptDelaySeconds * 1000, operation, (waiting) => ({ ...waiting, Status: "READY" }));
    } else if (Type === "WAIT" && Action === "START") {
      this.#later(execution, (update.WaitOptions?.WaitSeconds ?? 0) * 1000, operation, (waiting) => {
        this.#runs.record(execution, { event: "WaitSucceeded", operation: waiting.Id, bytes: 0 });
        return { ...waiting, Status: "SUCCEEDED", EndTimestamp: clock.nowMs / 1000 };
      });
    } else if (Type === "CALLBACK" && Action === "START") {
      const { TimeoutSeconds, HeartbeatTimeoutSeconds } = update.CallbackOptions ?? {};
      if (HeartbeatTimeoutSeconds)
        throw new UnknownFeature("HeartbeatTimeoutSeconds of a callback", execution.started.arn);
      if (TimeoutSeconds) {
        const error = { ErrorType: "Callback.Timeout", ErrorMessage: "Callback timed out" };
        execution.keep(
          clock.schedule(TimeoutSeconds * 1000, () =>
            this.endOperation(execution, execution.find(operation.Id)!, "TIMED_OUT", { Error: error }),
          ),
        );
      }
    } else if (Type === "CHAINED_INVOKE" && Action === "START") this.#invoke(execution, operation, update, 0);
  }

  /** Changes an operation that waits for time alone, and wakes the function. */
  #later(
    execution: DurableExecution,
    delayMs: number,
    { Id, Status }: Operation,
    change: (operation: Operation) => Operation,
  ): void {
    const task = () => {
      const operation = execution.find(Id)!;
      if (execution.end || operation.Status !== Status) return;
      execution.put(change(operation));
      this.#runs.wake(execution);
    };
    execution.keep(this.#surroundings.clock.schedule(delayMs, task));
  }

  /**
   * Invokes another function on behalf of an execution. A function that is throttled is tried again, as AWS tells of
   * throttled functions; one that fails is not.
   * https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-sdk-retries.html (Backend retries, 2026-11-21)
   */
  #invoke(execution: DurableExecution, operation: Operation, update: OperationUpdate, throttles: number): void {
    const { FunctionName, TenantId } = update.ChainedInvokeOptions!;
    if (TenantId !== undefined) throw new UnknownFeature("the tenant of a chained invocation", execution.started.arn);
    const { lambdaFunction, trace } = execution.started;
    const caller: Caller = {
      principal: rolePrincipal(lambdaFunction),
      trace: { correlationId: trace.correlationId, causationId: execution.causationId },
    };
    const input = { FunctionName, Payload: update.Payload ?? "null" };
    const answered = (output: unknown) => {
      if (execution.end) return;
      const { Payload: payload = "null", FunctionError } = output as { Payload?: string; FunctionError?: string };
      const outcome = FunctionError ? { Error: errorOf(payload) } : { Result: payload };
      this.endOperation(execution, operation, FunctionError ? "FAILED" : "SUCCEEDED", outcome);
    };
    const turnedDown = (error: unknown) => {
      if (!(error instanceof AwsError)) this.#surroundings.fail(error);
      else if (execution.end) return;
      else if (error.statusCode === 429 || error.statusCode >= 500) {
        const again = () => this.#invoke(execution, operation, update, throttles + 1);
        const about = () =>
          ({ what: "other", invoking: FunctionName, payload: input.Payload, attempts: throttles }) as const;
        execution.keep(this.#surroundings.clock.schedule(backOffMs(throttles), again, about));
      } else {
        const Error = { ErrorType: error.code, ErrorMessage: error.message };
        this.endOperation(execution, operation, "FAILED", { Error });
      }
    };
    void this.#api(caller, "lambda", "Invoke", input).then(answered, turnedDown);
  }

  endOperation(
    execution: DurableExecution,
    operation: Operation,
    status: keyof typeof endNames,
    outcome: { readonly Result?: string; readonly Error?: ErrorObject },
  ): void {
    if (execution.end || operation.Status !== "STARTED") return;
    execution.put(endedBy(operation, status, outcome, this.#surroundings.clock.nowMs));
    const kind = operation.Type === "CALLBACK" ? "Callback" : "ChainedInvoke";
    this.#runs.record(execution, {
      event: `${kind}${endNames[status]}`,
      operation: operation.Id,
      ...(operation.Name !== undefined && { name: operation.Name }),
      ...(outcome.Error && { error: outcome.Error.ErrorType ?? "Error" }),
      bytes: bytesOf(outcome.Result, outcome.Error),
    });
    this.#runs.wake(execution);
  }
}

/** As GetDurableExecutionHistory names it. https://docs.aws.amazon.com/lambda/latest/api/API_Event.html (2026-11-21) */
function eventName(type: OperationUpdate["Type"], action: OperationUpdate["Action"]): string {
  const types = {
    EXECUTION: "Execution",
    CONTEXT: "Context",
    STEP: "Step",
    WAIT: "Wait",
    CALLBACK: "Callback",
    CHAINED_INVOKE: "ChainedInvoke",
  };
  const actions = { START: "Started", SUCCEED: "Succeeded", FAIL: "Failed", RETRY: "Failed", CANCEL: "Cancelled" };
  return types[type] + actions[action];
}

/** The error of a function as an operation has it. */
function errorOf(payload: string): ErrorObject {
  const { errorType, errorMessage, trace } = JSON.parse(payload) as {
    errorType?: string;
    errorMessage?: string;
    trace?: readonly string[];
  };
  return {
    ...(errorMessage !== undefined && { ErrorMessage: errorMessage }),
    ...(errorType !== undefined && { ErrorType: errorType }),
    ...(trace && trace.length > 0 && { StackTrace: trace }),
  };
}
