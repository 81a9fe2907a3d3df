import type { Timer } from "../../clock.ts";
import { exceedsDataLimit } from "../data/json.ts";
import type { JsonObject } from "../data/json.ts";
import type { Host, Scope } from "../data/scope.ts";
import type { Link, Program, State } from "../definition/state.ts";
import { EvaluationFault, RuntimeFault, StateFailure, tooLarge } from "../failure.ts";
import { Effort, mostOfThread } from "./effort.ts";
import type { NewEvent } from "./execution-event.ts";
import type { Execution } from "./execution.ts";
import { abortable, enteredEvents, exitedEvents } from "./state-events.ts";
import type { MapItem, ThreadOwner, Waiting } from "./thread-owner.ts";

const noVariables: JsonObject = {};

/** One line of work: the execution itself, a branch of a Parallel, or an iteration of a Map. */
export class Thread implements Scope {
  readonly execution: Execution;
  readonly host: Host;
  readonly #owner: ThreadOwner;
  alive = true;
  /** Whether it has come to its end with an output. */
  hasEnded = false;
  variables: JsonObject = noVariables;
  mapItem: MapItem | undefined;
  state: State;
  input: unknown;
  /** The event that the next event of this thread follows. */
  previousEventId: number;
  taskToken: string | undefined;
  /** Retries of the present state, by retrier. */
  retries: number[] | undefined;
  #enteredEventId = 0;
  #enteredMs = 0;
  #pending: State | undefined;
  #recovering = false;
  #driving = false;
  /** Changes whenever the thread stops waiting for something, so that a late answer is known for one. */
  #turn = 0;
  #timer: Timer | undefined;
  /** What the thread waits for, and once it failed or was stopped, what it waited for then. */
  #waiting: Waiting | undefined;
  #failure: StateFailure | undefined;
  readonly #effort = new Effort();
  #isSpent = false;
  /** What the event that entered the state followed. */
  #beforeEntered = 0;

  constructor(execution: Execution, program: Program, input: unknown, previousEventId: number, owner: ThreadOwner) {
    this.execution = execution;
    this.host = execution.host;
    this.state = program.start;
    this.input = input;
    this.previousEventId = previousEventId;
    this.#owner = owner;
  }

  /** Takes over the variables and the item of the thread that started this one. */
  inherit(parent: Thread): void {
    this.variables = parent.variables;
    this.mapItem = parent.mapItem;
    this.#enteredMs = parent.#enteredMs;
  }

  start(): void {
    this.#pending = this.state;
    this.#drive();
  }

  /** Adds an event that follows the thread's last one. */
  record(event: Omit<NewEvent, "previousEventId">): void {
    this.previousEventId = this.execution.record({ ...event, previousEventId: this.previousEventId });
  }

  /** Leaves the state with its output; `assigned` are the variables that Assign has set. */
  leave(output: unknown, link: Link, assigned?: JsonObject): void {
    const { state } = this;
    if (output !== this.input && exceedsDataLimit(output)) throw tooLarge(state.name);
    if (assigned && exceedsDataLimit(assigned)) throw tooLarge(state.name);
    const type = exitedEvents[state.type];
    this.record({ type, kind: "stateExited", subject: state.name, data: output, details: assigned });
    if (assigned) this.variables = { ...this.variables, ...assigned };
    this.#turn += 1;
    this.#waiting = undefined;
    this.input = output;
    if (link.target) {
      this.#pending = link.target;
      if (!this.#driving) this.#drive();
    } else {
      this.alive = false;
      this.hasEnded = true;
      this.#owner.ended(this, output);
    }
  }

  /** Goes on with `value`, at once or when its promise is kept; an error on the way fails the state. */
  follow(value: unknown, next: (value: unknown) => void): void {
    if (!(value instanceof Promise)) return next(value);
    const turn = this.#turn;
    value.then(
      (kept) => this.resume(turn, () => next(kept)),
      (error: unknown) => this.resume(turn, () => this.fail(error)),
    );
  }

  /** Marks what the thread waits for; `resume` with the same mark goes on unless the thread moved on meanwhile. */
  wait(waiting?: Waiting): number {
    this.#waiting = waiting;
    return (this.#turn += 1);
  }

  /** Whether the thread still waits for what was marked. */
  awaits(turn: number): boolean {
    return this.alive && turn === this.#turn;
  }

  resume(turn: number, next: () => void): void {
    if (!this.awaits(turn)) return;
    try {
      next();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Goes on after `delayMs` of virtual time. */
  sleep(delayMs: number, next: () => void): void {
    const turn = this.wait();
    const about = () => ({ what: "other", waits: this.execution.identity.name, state: this.state.name }) as const;
    this.#timer = this.host.clock.schedule(delayMs, () => this.resume(turn, next), about);
  }

  /** Ends the state with an error: Retry, Catch, or else the thread fails. */
  fail(error: unknown): void {
    if (!this.alive) return;
    this.#turn += 1;
    const failure = this.#failureOf(error);
    if (!failure) {
      // Not a failure of the state but of the cloud: whoever drives the clock hears of it.
      this.host.clock.schedule(0, () => {
        throw error;
      });
      return;
    }
    const { recovery, type } = this.state;
    if (this.#recovering) return this.#end(failure);
    const retryDelayMs = recovery?.retryDelayMs(failure, this);
    if (retryDelayMs !== undefined) {
      this.sleep(retryDelayMs, () => this.state.run(this));
      return;
    }
    // What a catcher itself does wrong is not caught again.
    this.#recovering = true;
    try {
      if ((type === "Map" || type === "Parallel") && failure.error !== "States.Runtime")
        this.record({ type: `${type}StateFailed`, kind: "bare" });
      if (recovery?.catches(failure, this)) return;
    } catch (unexpected) {
      return this.fail(unexpected);
    }
    this.#end(failure);
  }

  /** Stops the thread and all it waits for, without a word to its owner. */
  abort(recorded: boolean): void {
    if (!this.alive) return;
    this.alive = false;
    this.#timer?.cancel();
    this.#waiting?.abort(recorded);
    if (recorded && abortable.has(this.state.type)) {
      this.record({ type: `${this.state.type}StateAborted`, kind: "bare" });
    }
  }

  /** Counts what is done at this instant: see `mostOfThread`. */
  spend(effort: number): void {
    const { execution, host } = this;
    if (execution.identity.type === "STANDARD") return;
    this.#isSpent = !execution.spend(effort) || this.#effort.add(effort, host.clock.nowMs) > mostOfThread;
  }

  /** Whether it has entered a state. */
  get hasBegun(): boolean {
    return this.#enteredEventId > 0;
  }

  /** Throws UnknownFeature where the thread waited for something that cannot be taken up again. */
  checkRedrive(): void {
    if (!this.hasEnded) this.#waiting?.checkRedrive?.();
  }

  /**
   * Goes on with the state that did not succeed, which is not entered again; its retries count anew. A Parallel or
   * Map state takes up its unsuccessful branches, or all of them after States.DataLimitExceeded.
   * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html (2026-11-21)
   */
  redrive(): void {
    const [waiting, failure] = [this.#waiting, this.#failure];
    this.alive = true;
    this.#turn += 1;
    this.retries = undefined;
    this.#recovering = false;
    this.#waiting = undefined;
    this.#failure = undefined;
    if (!this.hasBegun) return this.start();
    // Recorded: what a redriven state does follows its entering, but a Fail state's failure follows the redrive.
    this.previousEventId = this.state.type === "Fail" ? this.execution.events.length : this.#enteredEventId;
    this.resume(this.#turn, () => {
      if (waiting?.redrive && failure?.error !== "States.DataLimitExceeded") {
        this.#waiting = waiting;
        waiting.redrive();
      } else this.state.run(this);
    });
  }

  /** How often the present state was retried. */
  get retryCount(): number {
    return this.retries?.reduce((sum, count) => sum + count, 0) ?? 0;
  }

  context(): JsonObject {
    return {
      Execution: this.execution.context,
      StateMachine: this.execution.identity.stateMachine,
      State: {
        Name: this.state.name,
        EnteredTime: new Date(this.#enteredMs).toISOString(),
        // Recorded: a state without Retry has no count.
        ...(this.state.recovery?.retries && { RetryCount: this.retryCount }),
      },
      ...(this.mapItem && { Map: { Item: this.mapItem } }),
      ...(this.taskToken !== undefined && { Task: { Token: this.taskToken } }),
    };
  }

  #end(failure: StateFailure): void {
    this.alive = false;
    this.#failure = failure;
    this.#owner.failed(this, failure);
  }

  #drive(): void {
    this.#driving = true;
    for (let state = this.#pending; state && this.alive; state = this.#pending) {
      this.#pending = undefined;
      this.spend(1);
      // An Express execution that never waits gets no further: its five minutes are taken to pass.
      if (this.#isSpent) break;
      this.state = state;
      this.retries = undefined;
      this.#recovering = false;
      this.taskToken = undefined;
      this.#enteredMs = this.host.clock.nowMs;
      try {
        this.#enteredEventId = this.execution.record({
          type: enteredEvents[state.type],
          kind: "stateEntered",
          previousEventId: this.previousEventId,
          subject: state.name,
          data: this.input,
        });
        this.#beforeEntered = this.previousEventId;
        this.previousEventId = this.#enteredEventId;
        state.run(this);
      } catch (error) {
        this.fail(error);
      }
    }
    this.#driving = false;
  }

  /** @returns undefined for an error that no state can be blamed for */
  #failureOf(error: unknown): StateFailure | undefined {
    if (error instanceof StateFailure) return error;
    if (!(error instanceof RuntimeFault)) return undefined;
    const { name } = this.state;
    const entered = `(entered at the event id #${this.#enteredEventId})`;
    const cause = `An error occurred while executing the state '${name}' ${entered}. ${error.message}`;
    if (error instanceof EvaluationFault) {
      // Recorded: the event follows what the entering of the state followed, as long as the state did nothing else.
      const previous = this.previousEventId === this.#enteredEventId ? this.#beforeEntered : this.previousEventId;
      const details = {
        error: error.error,
        cause,
        ...(error.location !== undefined && { location: error.location }),
        state: name,
      };
      this.previousEventId = this.execution.record({
        type: "EvaluationFailed",
        kind: "evaluationFailed",
        previousEventId: previous,
        subject: name,
        details,
      });
    }
    return new StateFailure(error.error, cause);
  }
}
