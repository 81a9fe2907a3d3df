import { billedBytes } from "../../billed-bytes.ts";
import type { Clock } from "../../clock.ts";
import { AwsError } from "../../errors.ts";
import type { Trace } from "../../history.ts";
import type { Ids } from "../../identity.ts";
import type { Api } from "../../service.ts";
import { type LambdaFunction, qualifiedArn } from "../function.ts";
import type { Surroundings } from "../invocation/environment.ts";
import { namedBy } from "./callback-id.ts";
import { DurableExecution } from "./durable-execution.ts";
import type { ErrorObject, Operation, OperationUpdate } from "./operation.ts";
import { Runs, type RunsOptions } from "./runs.ts";
import { Waits } from "./waits.ts";

interface Start {
  readonly name: string | undefined;
  readonly payload: string;
  readonly requestId: string;
  readonly trace: Trace;
}

/**
 * Durable executions: they run a function again and again, each time with all that it has done, until it has answered
 * for good. https://docs.aws.amazon.com/lambda/latest/dg/durable-functions.html (2026-11-21)
 */
export class DurableExecutions {
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #runs: Runs;
  readonly #waits: Waits;
  readonly #executions = new Map<string, DurableExecution>();
  readonly #byName = new Map<string, DurableExecution>();

  constructor(
    surroundings: Pick<Surroundings, "clock" | "history" | "fail">,
    { api, ...options }: RunsOptions & { readonly api: Api },
  ) {
    this.#clock = surroundings.clock;
    this.#ids = options.ids;
    this.#runs = new Runs(surroundings, options);
    this.#waits = new Waits(surroundings, api, this.#runs);
  }

  reset(): void {
    this.#executions.clear();
    this.#byName.clear();
  }

  /**
   * Starts an execution. The same name with the same payload starts no second one, whether the first still runs or not.
   * https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-idempotency.html (2026-11-21)
   * @returns its ARN
   * @throws AwsError DurableExecutionAlreadyStartedException for another payload under that name
   */
  start(lambdaFunction: LambdaFunction, { name: given, payload, requestId, trace }: Start): string {
    const name = given ?? this.#ids.uuid();
    const known = this.#byName.get(`${lambdaFunction.name} ${name}`);
    if (known) {
      if (known.started.payload === payload) return known.started.arn;
      const message = `The durable execution ${known.started.arn} already exists`;
      throw new AwsError("DurableExecutionAlreadyStartedException", message, 409, { Type: "User" });
    }
    const clock = this.#clock;
    const arn = `${qualifiedArn(lambdaFunction)}/durable-execution/${name}/${requestId}`;
    const started = { arn, name, lambdaFunction, payload, requestId, trace, startedAtMs: clock.nowMs };
    const execution = new DurableExecution(started);
    this.#executions.set(arn, execution);
    this.#byName.set(`${lambdaFunction.name} ${name}`, execution);
    this.#runs.record(execution, { event: "ExecutionStarted", bytes: billedBytes(payload) });
    const { executionTimeoutMs } = lambdaFunction.properties.durable!;
    const about = () => ({ what: "execution", name, state: "", data: undefined, retries: [] }) as const;
    execution.keep(clock.schedule(executionTimeoutMs, () => this.#runs.end(execution, { status: "TIMED_OUT" }), about));
    this.#runs.wake(execution);
    return arn;
  }

  /** https://docs.aws.amazon.com/lambda/latest/api/API_CheckpointDurableExecution.html (2026-11-21) */
  checkpoint(input: CheckpointInput): unknown {
    const execution = this.find(input.DurableExecutionArn);
    const { CheckpointToken: token, ClientToken: clientToken, Updates: updates = [] } = input;
    const { answer, updated } = execution.checkpoint({ token, clientToken, updates }, this.#clock.nowMs);
    for (const [index, operation] of updated.entries()) this.#waits.follow(execution, operation, updates[index]!);
    return answer;
  }

  /** https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecutionState.html (2026-11-21) */
  state({ DurableExecutionArn, CheckpointToken }: StateInput): unknown {
    const execution = this.find(DurableExecutionArn);
    execution.checkToken(CheckpointToken);
    return { Operations: execution.operations };
  }

  /** https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecution.html (2026-11-21) */
  describe({ DurableExecutionArn }: { DurableExecutionArn: string }): unknown {
    const execution = this.find(DurableExecutionArn);
    const { started, end } = execution;
    return {
      ...summaryOf(execution),
      InputPayload: started.payload,
      Version: started.lambdaFunction.version,
      ...(end?.result !== undefined && { Result: end.result }),
      ...(end?.error && { Error: end.error }),
    };
  }

  /** https://docs.aws.amazon.com/lambda/latest/api/API_ListDurableExecutionsByFunction.html (2026-11-21) */
  list({ name }: LambdaFunction, executionName: string | undefined): unknown {
    const found = [...this.#executions.values()].filter(
      ({ started }) =>
        started.lambdaFunction.name === name && (executionName === undefined || started.name === executionName),
    );
    return { DurableExecutions: found.map(summaryOf) };
  }

  /**
   * https://docs.aws.amazon.com/lambda/latest/api/API_SendDurableExecutionCallbackSuccess.html (2026-11-21)
   * @throws AwsError CallbackTimeoutException where it is over; ResourceNotFoundException
   */
  callBack(callbackId: string, outcome: { readonly Result?: string; readonly Error?: ErrorObject }): unknown {
    const { execution, operation } = this.#findCallback(callbackId);
    this.#waits.endOperation(execution, operation, outcome.Error ? "FAILED" : "SUCCEEDED", outcome);
    return {};
  }

  #findCallback(callbackId: string): { execution: DurableExecution; operation: Operation } {
    const { executionArn, operationId } = namedBy(callbackId);
    const execution = this.#executions.get(executionArn);
    const operation = execution?.find(operationId);
    if (!execution || !operation) {
      const message = `Callback not found: ${callbackId}`;
      throw new AwsError("ResourceNotFoundException", message, 404, { Type: "User" });
    }
    if (execution.end || operation.Status !== "STARTED") {
      const message = `Callback is no longer pending: ${callbackId}`;
      throw new AwsError("CallbackTimeoutException", message, 400, { Type: "User" });
    }
    return { execution, operation };
  }

  /** @throws AwsError ResourceNotFoundException */
  find(arn: string): DurableExecution {
    const found = this.#executions.get(arn);
    if (found) return found;
    throw new AwsError("ResourceNotFoundException", `Durable execution not found: ${arn}`, 404, { Type: "User" });
  }
}

/** What is told of an execution by itself and in a list. */
const summaryOf = ({ started, end, endedAtMs }: DurableExecution) => ({
  DurableExecutionArn: started.arn,
  DurableExecutionName: started.name,
  FunctionArn: qualifiedArn(started.lambdaFunction),
  StartTimestamp: started.startedAtMs / 1000,
  Status: end?.status ?? "RUNNING",
  ...(endedAtMs !== undefined && { EndTimestamp: endedAtMs / 1000 }),
});

export interface StateInput {
  readonly DurableExecutionArn: string;
  readonly CheckpointToken: string;
}

export interface CheckpointInput extends StateInput {
  readonly ClientToken?: string;
  readonly Updates?: readonly OperationUpdate[];
}
