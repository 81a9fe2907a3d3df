import type { About } from "../../agenda.ts";
import type { Timer } from "../../clock.ts";
import type { JsonObject } from "../data/json.ts";
import type { Host } from "../data/scope.ts";
import type { Program } from "../definition/state.ts";
import type { StateFailure } from "../failure.ts";
import type { TaskExecution } from "../task/port.ts";
import { Effort, mostOfExecution } from "./effort.ts";
import type { ExecutionEvent, NewEvent } from "./execution-event.ts";
import type { ThreadOwner } from "./thread-owner.ts";
import { Thread } from "./thread.ts";

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

/** Who an execution is, as the context object and its ARN say. */
export interface ExecutionIdentity extends TaskExecution {
  readonly region: string;
  /** Express executions have no limit on the length of their history. */
  readonly type: "STANDARD" | "EXPRESS";
  /** Whether StartSyncExecution started it. */
  readonly synchronous?: boolean;
}

/** Hears what happens to an execution. */
export interface ExecutionObserver {
  /** @param id counts from 1 */
  event(id: number, event: ExecutionEvent): void;
  closed(execution: Execution): void;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const historyLimit = 25_000;

class HistoryFull extends Error {
  override readonly name = "HistoryFull";
}

/** One run of a program, with its history. */
export class Execution implements ThreadOwner {
  readonly identity: ExecutionIdentity;
  readonly program: Program;
  readonly host: Host;
  readonly input: unknown;
  readonly events: ExecutionEvent[] = [];
  status: ExecutionStatus = "RUNNING";
  output: unknown;
  error: string | undefined;
  cause: string | undefined;
  startMs = 0;
  stopMs: number | undefined;
  redriveCount = 0;
  redriveMs: number | undefined;
  readonly #observer: ExecutionObserver | undefined;
  #thread: Thread | undefined;
  #timeout: Timer | undefined;
  #context: JsonObject | undefined;
  readonly #effort = new Effort();

  constructor(identity: ExecutionIdentity, program: Program, input: unknown, host: Host, observer?: ExecutionObserver) {
    this.identity = identity;
    this.program = program;
    this.input = input;
    this.host = host;
    this.#observer = observer;
  }

  /** Runs until the first state that has to wait. */
  start(): void {
    this.startMs = this.host.clock.nowMs;
    const { roleArn } = this.identity;
    this.record({
      type: "ExecutionStarted",
      kind: "executionStarted",
      previousEventId: 0,
      subject: roleArn,
      data: this.input,
    });
    // Recorded: the first state's event follows event 0, not event 1.
    this.#thread = new Thread(this, this.program, this.input, 0, this);
    this.#thread.start();
    this.#countTime();
  }

  /** @throws UnknownFeature where the execution waited for something that cannot be taken up again */
  checkRedrive(): void {
    this.#thread!.checkRedrive();
  }

  /** Takes up again what did not succeed: see `Thread.redrive`. */
  redrive(): void {
    this.status = "RUNNING";
    this.error = undefined;
    this.cause = undefined;
    this.stopMs = undefined;
    this.redriveCount += 1;
    this.redriveMs = this.host.clock.nowMs;
    this.#context = undefined;
    this.#add({
      type: "ExecutionRedriven",
      kind: "redriven",
      previousEventId: this.events.length,
      details: { redriveCount: this.redriveCount },
    });
    this.#thread!.redrive();
    this.#countTime();
  }

  /** The timeout of the machine counts from the start, and anew from a redrive. */
  #countTime(): void {
    const seconds = this.program.timeoutSeconds ?? (this.identity.type === "EXPRESS" ? 300 : undefined);
    if (seconds !== undefined && this.status === "RUNNING") {
      this.#timeout = this.host.clock.schedule(
        seconds * 1000,
        () => this.#timeOut(),
        () => this.#about(),
      );
    }
  }

  #about(): About {
    const { state, input: data, retries = [] } = this.#thread!;
    return { what: "execution", name: this.identity.name, state: state.name, data, retries };
  }

  /** Stops a running execution, as StopExecution does. */
  stop(error?: string, cause?: string): void {
    if (this.status !== "RUNNING") return;
    this.error = error;
    this.cause = cause;
    this.#close("ABORTED", "ExecutionAborted", 0, {
      ...(error !== undefined && { error }),
      ...(cause !== undefined && { cause }),
    });
  }

  /** @returns the id of the new event */
  record(event: NewEvent): number {
    if (this.status !== "RUNNING") throw new HistoryFull();
    if (this.events.length >= historyLimit - 1 && this.identity.type === "STANDARD")
      this.#overflow(event.previousEventId);
    return this.#add(event);
  }

  /** @returns false once all threads of an Express execution did too much at one instant */
  spend(effort: number): boolean {
    return this.#effort.add(effort, this.host.clock.nowMs) <= mostOfExecution;
  }

  /** What SendTaskSuccess will name a task by. */
  newTaskToken(): string {
    return this.host.uuid();
  }

  /** `$$.Execution` */
  get context(): JsonObject {
    const { arn, name, roleArn, synchronous } = this.identity;
    return (this.#context ??= {
      Id: arn,
      Input: this.input,
      StartTime: new Date(this.startMs).toISOString(),
      Name: name,
      RoleArn: roleArn,
      // Recorded: an execution of StartSyncExecution, which nobody can redrive, has no count.
      ...(!synchronous && { RedriveCount: this.redriveCount }),
      ...(this.redriveMs !== undefined && { RedriveTime: new Date(this.redriveMs).toISOString() }),
    });
  }

  ended(thread: Thread, output: unknown): void {
    if (this.status !== "RUNNING") return;
    this.output = output;
    this.status = "SUCCEEDED";
    const { previousEventId } = thread;
    this.#add({ type: "ExecutionSucceeded", kind: "outcome", previousEventId, data: output });
    this.#closed();
  }

  failed(thread: Thread, { error, cause }: StateFailure): void {
    if (this.status === "RUNNING") this.#fail(thread.previousEventId, error, cause);
  }

  #fail(previousEventId: number, error: string | undefined, cause: string | undefined): void {
    this.error = error;
    this.cause = cause;
    const details = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
    this.#close("FAILED", "ExecutionFailed", previousEventId, details);
  }

  /** Event 25,000 is the last: where it is not the success, the execution fails. */
  #overflow(previousEventId: number): never {
    this.#fail(
      previousEventId,
      "States.Runtime",
      `The execution reached the maximum number of history events (${historyLimit}).`,
    );
    throw new HistoryFull();
  }

  /** AWS shows States.Timeout only in the event: DescribeExecution has neither error nor cause. */
  #timeOut(): void {
    if (this.status === "RUNNING") this.#close("TIMED_OUT", "ExecutionTimedOut", 0, { error: "States.Timeout" });
  }

  #close(status: ExecutionStatus, type: string, previousEventId: number, details: JsonObject): void {
    this.status = status;
    this.#thread?.abort(false);
    this.#add({ type, kind: "failure", previousEventId, details });
    this.#closed();
  }

  #closed(): void {
    this.stopMs = this.host.clock.nowMs;
    this.#timeout?.cancel();
    // What did not succeed can be redriven.
    if (this.status === "SUCCEEDED" || this.identity.type === "EXPRESS") this.#thread = undefined;
    this.#observer?.closed(this);
  }

  #add(given: NewEvent): number {
    const event = { ...given, atMs: this.host.clock.nowMs };
    const id = this.events.push(event);
    this.#observer?.event(id, event);
    return id;
  }
}
