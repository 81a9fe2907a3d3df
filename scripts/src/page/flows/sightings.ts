import type { FlowEdge } from "@ovsc/shared/variant";
import type { RunLine } from "../../runs/log/run-line.ts";
import { stepOf } from "../../story/lanes.ts";

/** Where an execution is, and whether the task of that state failed last. */
interface Place {
  readonly state: string;
  failed: boolean;
}

/** Counts, line by line, what shows which edges of a variant's flow were taken. */
export class Sightings {
  readonly #deliveries = new Tally();
  readonly #events = new Tally();
  readonly #invocations = new Tally();
  readonly #transitions = new Tally();
  readonly #executions = new Map<string, Place>();
  readonly #statuses = new Tally();
  /** The step whose function a request is an invocation of. */
  readonly #steps = new Map<string, string | undefined>();

  add(line: RunLine): void {
    if (line.type === "Delivery" && line.error === undefined) this.#deliveries.add(`${line.rule} ${line.target}`);
    if (line.type === "EventPublished")
      this.#events.add(`${this.#steps.get(line.causationId ?? "")} ${line.detailType}`);
    if (line.type === "InvocationStarted" && line.attempt === 1) this.#invoked(line);
    if (line.type === "StatusChanged") this.#statuses.add(line.status);
    if (line.type === "ExecutionEvent") this.#moved(line);
    if (line.type === "DurableEvent") this.#remembered(line);
  }

  /** How often an edge was taken. */
  of({ seenAs }: Pick<FlowEdge, "seenAs">): number {
    if ("event" in seenAs) return this.#said(seenAs);
    if ("state" in seenAs) return this.#transitions.of(transition(seenAs.state, seenAs.next, seenAs.failed));
    if ("status" in seenAs) return this.#statuses.of(seenAs.status);
    if ("invoked" in seenAs) return this.#invocations.of(`${seenAs.by} ${seenAs.invoked}`);
    // A generated name ends in the logical id, and that of a step's function has the step in it.
    return this.#deliveries.where((key) => {
      const [rule = "", target = ""] = key.split(" ");
      return rule.endsWith(`-${seenAs.rule}`) && target.includes(seenAs.target);
    });
  }

  #said({ event, by }: Extract<FlowEdge["seenAs"], { event: string }>): number {
    return by === undefined
      ? this.#events.where((key) => key.endsWith(` ${event}`))
      : this.#events.of(`${by} ${event}`);
  }

  #invoked({ requestId, functionName, causationId = "" }: Extract<RunLine, { type: "InvocationStarted" }>): void {
    const step = stepOf(functionName);
    this.#steps.set(requestId, step);
    this.#invocations.add(`${this.#steps.get(causationId)} ${step}`);
  }

  #moved({ execution, event, state }: Extract<RunLine, { type: "ExecutionEvent" }>): void {
    const at = this.#executions.get(execution);
    if (event === "ExecutionStarted") this.#executions.set(execution, { state: event, failed: false });
    else if (event.endsWith("StateEntered")) this.#entered(execution, state!);
    else if (event === "ExecutionSucceeded") this.#entered(execution, "SUCCEEDED");
    else if (at && event === "TaskScheduled") at.failed = false;
    else if (at && /^Task(Failed|TimedOut)$/.test(event)) at.failed = true;
  }

  /** A durable execution is in the step that it last invoked. */
  #remembered({ execution, event, name }: Extract<RunLine, { type: "DurableEvent" }>): void {
    const at = this.#executions.get(execution);
    if (event === "ExecutionStarted") this.#executions.set(execution, { state: event, failed: false });
    else if (event === "ChainedInvokeStarted" && at?.state !== name) this.#entered(execution, name!);
    else if (at && event.startsWith("ChainedInvoke")) at.failed = event === "ChainedInvokeFailed";
  }

  #entered(execution: string, state: string): void {
    const at = this.#executions.get(execution);
    if (at) this.#transitions.add(transition(at.state, state, at.failed));
    this.#executions.set(execution, { state, failed: false });
  }
}

class Tally {
  readonly #counts = new Map<string, number>();
  add(key: string): void {
    this.#counts.set(key, this.of(key) + 1);
  }
  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
  where(isMeant: (key: string) => boolean): number {
    return [...this.#counts].reduce((sum, [key, count]) => (isMeant(key) ? sum + count : sum), 0);
  }
}

const transition = (state: string, next: string, failed: boolean): string => `${state} ${next} ${failed}`;
