import type { Timer } from "../../clock.ts";
import { AwsError, UnknownFeature } from "../../errors.ts";
import type { Trace } from "../../history.ts";
import type { LambdaFunction } from "../function.ts";
import { callbackIdOf } from "./callback-id.ts";
import { changed } from "./changed.ts";
import { checkUpdates } from "./check-updates.ts";
import { type ErrorObject, isOver, type Operation, type OperationUpdate } from "./operation.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetDurableExecution.html (2026-11-21) */
export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT";

/** What a durable execution came to. */
export interface ExecutionEnd {
  readonly status: Exclude<ExecutionStatus, "RUNNING">;
  /** JSON text of the handler's result. */
  readonly result?: string;
  readonly error?: ErrorObject;
}

export interface Started {
  readonly arn: string;
  readonly name: string;
  readonly lambdaFunction: LambdaFunction;
  /** JSON text. */
  readonly payload: string;
  readonly requestId: string;
  readonly trace: Trace;
  readonly startedAtMs: number;
}

/** What a running function learns when it checkpoints. */
export interface Checkpointed {
  readonly CheckpointToken: string;
  readonly NewExecutionState: { readonly Operations: readonly Operation[] };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (2026-11-21) */
const maximumOperations = 3_000;

/**
 * A durable execution: its operations in the order they began, which a function is told whenever it runs for it again.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-basic-concepts.html (2026-11-21)
 */
export class DurableExecution {
  readonly started: Started;
  readonly #operations = new Map<string, Operation>();
  /** What changed since the function was told: by the request under way, by a timer, by whoever was waited for. */
  readonly #untold = new Set<string>();
  readonly #timers = new Set<Timer>();
  #token = 0;
  #lastCheckpoint: { readonly clientToken: string; readonly answer: Checkpointed } | undefined;
  /** Of the request under way; undefined while no function runs for it. */
  invocation: string | undefined;
  /** How often in a row an invocation failed. */
  failures = 0;
  end: ExecutionEnd | undefined;
  endedAtMs: number | undefined;
  /** What led to the next invocation: the one before it, or whoever started the execution. */
  causationId: string | undefined;

  constructor(started: Started) {
    const { arn, payload, startedAtMs, trace } = started;
    this.started = started;
    this.causationId = trace.causationId;
    this.#operations.set(arn, {
      Id: arn,
      Type: "EXECUTION",
      Status: "STARTED",
      StartTimestamp: startedAtMs / 1000,
      ExecutionDetails: { InputPayload: payload },
    });
  }

  get operations(): readonly Operation[] {
    return [...this.#operations.values()];
  }

  /** Whether anything changed that the function has not been told. */
  get hasNews(): boolean {
    return this.#untold.size > 0;
  }

  /** Whether anything is under way that will wake the function. */
  get waits(): boolean {
    return this.operations.some(
      (operation) => operation.Type !== "EXECUTION" && operation.Type !== "CONTEXT" && !isOver(operation),
    );
  }

  find(id: string): Operation | undefined {
    return this.#operations.get(id);
  }

  keep(timer: Timer): void {
    this.#timers.add(timer);
  }

  cancelTimers(): void {
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  /** The event of the next invocation, JSON text. From then on earlier checkpoint tokens are worth nothing. */
  nextEvent(): string {
    const told = [...this.#untold];
    this.#untold.clear();
    return JSON.stringify({
      DurableExecutionArn: this.started.arn,
      CheckpointToken: this.#nextToken(),
      InitialExecutionState: { Operations: this.operations.map(withTexts), NextMarker: "" },
      UpdatedOperationIds: told,
    });
  }

  /**
   * Carries out what a running function asks for. The same request again has the same answer.
   * @throws AwsError InvalidParameterValueException
   * @throws UnknownFeature for more operations than AWS allows: how it then answers, no page says
   */
  checkpoint(
    {
      token,
      clientToken,
      updates,
    }: { token: string; clientToken: string | undefined; updates: readonly OperationUpdate[] },
    nowMs: number,
  ): { answer: Checkpointed; updated: readonly Operation[] } {
    const last = this.#lastCheckpoint;
    if (last && clientToken !== undefined && clientToken === last.clientToken) {
      return { answer: last.answer, updated: [] };
    }
    this.checkToken(token);
    checkUpdates(updates, this.#operations);
    const updated = updates.map((update) => {
      const callbackId = callbackIdOf(this.started.arn, update.Id);
      const before = this.#operations.get(update.Id);
      const operation = changed(update, before, { nowMs, callbackId });
      if (update.Type === "EXECUTION") return operation;
      this.put(operation);
      return operation;
    });
    if (this.#operations.size > maximumOperations) {
      throw new UnknownFeature(`a durable execution of more than ${maximumOperations} operations`, this.started.arn);
    }
    const news = [...this.#untold].map((id) => this.#operations.get(id)!);
    this.#untold.clear();
    const answer = { CheckpointToken: this.#nextToken(), NewExecutionState: { Operations: news } };
    if (clientToken !== undefined) this.#lastCheckpoint = { clientToken, answer };
    return { answer, updated };
  }

  /** @throws AwsError InvalidParameterValueException for a token of an earlier request or of none */
  checkToken(token: string): void {
    if (!this.end && this.invocation !== undefined && token === this.#tokenText) return;
    throw new AwsError("InvalidParameterValueException", "Invalid checkpoint token", 400, { Type: "User" });
  }

  put(operation: Operation): void {
    this.#operations.set(operation.Id, operation);
    this.#untold.add(operation.Id);
  }

  get #tokenText(): string {
    return Buffer.from(`${this.started.requestId}#${this.#token}`).toString("base64");
  }

  #nextToken(): string {
    this.#token += 1;
    return this.#tokenText;
  }
}

/** An operation as an event has it, with timestamps in ISO 8601. */
const withTexts = (operation: Operation): object =>
  JSON.parse(JSON.stringify(operation), (key, value: unknown) =>
    key.endsWith("Timestamp") && typeof value === "number" ? new Date(value * 1000).toISOString() : value,
  ) as object;
