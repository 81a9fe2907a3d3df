import { type StepName, stepNames } from "@ovsc/shared";
import type { RunLine } from "../runs/log/run-line.ts";
import type { Actor, Telling } from "./telling.ts";

type Line = Extract<RunLine, { type: "ExecutionEvent" }>;

/** A state machine's execution of the order, as far as it has been told. */
interface Execution extends Actor {
  step: StepName | undefined;
  /** By the id of a history event: the moment that tells it, or that it follows from. */
  readonly moments: Map<number, number>;
  /** How often the function of the state it is in has been tried. */
  tries: number;
  /** The answer that the task got which is under way. */
  answer: number | undefined;
}

/** Tells the histories of executions: what only says again what a function's try says is left out. */
export class Executions {
  readonly #telling: Telling;
  readonly #executions = new Map<string, Execution>();

  constructor(telling: Telling) {
    this.#telling = telling;
  }

  add(line: Line): void {
    const { event, id, previousId, state } = line;
    const execution = this.#executionOf(line);
    const before = execution.moments.get(previousId) ?? execution.last;
    if (event.endsWith("StateEntered")) {
      if ((stepNames as readonly string[]).includes(state!)) execution.step = state as StepName;
      execution.tries = 0;
    }
    if (event === "TaskScheduled") execution.answer = undefined;
    const isNew = event.startsWith("Execution") || event.endsWith("StateEntered") || this.#failed(line, execution);
    if (isNew && event !== "ExecutionStarted") {
      execution.last = this.#telling.add({
        kind: "moved",
        cause: before,
        atMs: Date.parse(line.at),
        lane: execution.lane,
        step: execution.step,
        text: state ?? event,
        error: line.error,
      });
    } else if (/^Task(Succeeded|Failed|TimedOut)$/.test(event) && execution.answer !== undefined) {
      execution.last = execution.answer;
    } else if (event !== "ExecutionStarted") execution.last = before;
    execution.moments.set(id, execution.last);
  }

  /** A try of a function that an execution waits for. @returns which one of its state; nothing for any other id */
  tried(executionArn: string | undefined): number | undefined {
    const execution = this.#executions.get(executionArn ?? "");
    return execution && (execution.tries += 1);
  }

  /** @returns the lane of an execution; nothing for any other id */
  laneOf = (executionArn: string | undefined): string | undefined => this.#executions.get(executionArn ?? "")?.lane;

  /** The answer to a task arrived. */
  answered(executionArn: string | undefined, moment: number): void {
    const execution = this.#executions.get(executionArn ?? "");
    if (execution) execution.answer = execution.last = moment;
  }

  /** A task that failed without an answer: throttled, timed out, or not a function's. */
  #failed({ event }: Line, { answer }: Execution): boolean {
    return /^Task(Failed|TimedOut)$/.test(event) && answer === undefined;
  }

  #executionOf(line: Line): Execution {
    const { execution: arn, causationId, stateMachine, at } = line;
    const known = this.#executions.get(arn);
    if (known) return known;
    // One that the sweeper started is named `<placement>.<number>`.
    const [placementId] = arn.split(":").at(-1)!.split(".");
    const lane = this.#telling.lanes.stateMachine(stateMachine);
    const last = this.#telling.add({
      kind: "moved",
      cause: this.#telling.actor(causationId)?.last ?? this.#telling.placing(placementId),
      atMs: Date.parse(at),
      lane,
      text: "ExecutionStarted",
      arrow: { from: this.#telling.laneOf(causationId), kind: "call" },
    });
    const execution: Execution = { lane, step: undefined, last, moments: new Map(), tries: 0, answer: undefined };
    this.#executions.set(arn, execution);
    this.#telling.actors.set(arn, execution);
    return execution;
  }
}
