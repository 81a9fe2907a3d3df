import { UnknownFeature } from "../../errors.ts";
import { exceedsDataLimit } from "../data/json.ts";
import { Execution } from "../execution/execution.ts";
import type { ExecutionIdentity } from "../execution/execution.ts";
import type { Waiting } from "../execution/thread-owner.ts";
import { Thread } from "../execution/thread.ts";
import { StateFailure, tooLarge } from "../failure.ts";
import { refuseTolerance } from "./iterations.ts";
import type { MapWork } from "./iterations.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const mostChildren = 10_000;

/** The child executions of a DISTRIBUTED Map over an array, whose events stand in histories of their own. */
export class Children implements Waiting {
  readonly #work: MapWork;
  readonly #done: (outputs: readonly unknown[]) => void;
  readonly #outputs: unknown[];
  readonly #running = new Set<Execution>();
  readonly #concurrency: number;
  #next = 0;
  #selecting = 0;
  #pumping = false;
  #turn = 0;

  constructor(work: MapWork, done: (outputs: readonly unknown[]) => void) {
    this.#work = work;
    this.#done = done;
    this.#outputs = Array.from({ length: work.values.length });
    this.#concurrency = Math.min(work.limits.maxConcurrency || mostChildren, mostChildren);
  }

  start(): void {
    const { thread, processor } = this.#work;
    const { stateMachine } = thread.execution.identity;
    const mapRuns = stateMachine.Id.replace(":stateMachine:", ":mapRun:");
    const mapRunArn = `${mapRuns}/${processor.label}:${thread.host.uuid()}`;
    this.#turn = thread.wait(this);
    thread.record({ type: "MapRunStarted", kind: "mapRunStarted", details: { mapRunArn } });
    this.#pump();
  }

  checkRedrive(): never {
    throw new UnknownFeature("the redrive of a DISTRIBUTED Map", this.#work.thread.state.name);
  }

  abort(): void {
    for (const child of this.#running) child.stop();
    this.#running.clear();
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    const { thread, values } = this.#work;
    while (
      this.#next < values.length &&
      this.#running.size + this.#selecting < this.#concurrency &&
      thread.awaits(this.#turn)
    ) {
      this.#begin(this.#next++);
    }
    this.#pumping = false;
    if (this.#next < values.length || this.#running.size + this.#selecting > 0 || !thread.awaits(this.#turn)) return;
    thread.record({ type: "MapRunSucceeded", kind: "bare" });
    thread.execution.record({ type: "MapStateSucceeded", kind: "bare", previousEventId: thread.previousEventId });
    this.#done(this.#outputs);
  }

  #begin(index: number): void {
    const { thread: parent, values, select } = this.#work;
    if (!select) return this.#run(index, values[index]);
    const scope = new Thread(parent.execution, this.#work.processor.program, undefined, 0, noOwner);
    scope.inherit(parent);
    scope.state = parent.state;
    scope.mapItem = { Index: index, Value: values[index] };
    this.#selecting += 1;
    parent.follow(select(scope), (input) => {
      if (exceedsDataLimit(input)) throw tooLarge(parent.state.name);
      this.#selecting -= 1;
      this.#run(index, input);
    });
  }

  #run(index: number, input: unknown): void {
    const { thread, processor } = this.#work;
    const parent = thread.execution.identity;
    const name = thread.host.uuid();
    const machine = `${parent.stateMachine.Id}/${processor.label}`;
    const executions = machine.replace(
      ":stateMachine:",
      processor.childType === "EXPRESS" ? ":express:" : ":execution:",
    );
    const identity: ExecutionIdentity = {
      ...parent,
      arn: `${executions}:${name}`,
      name,
      stateMachine: { Id: machine, Name: `${parent.stateMachine.Name}/${processor.label}` },
      type: processor.childType,
    };
    const child = new Execution(identity, processor.program, input, thread.host, {
      event: () => undefined,
      closed: () => thread.resume(this.#turn, () => this.#closed(child, index)),
    });
    this.#running.add(child);
    child.start();
  }

  #closed(child: Execution, index: number): void {
    if (!this.#running.delete(child)) return;
    const { thread, limits } = this.#work;
    if (child.status === "SUCCEEDED") {
      this.#outputs[index] = child.output;
      return this.#pump();
    }
    refuseTolerance(limits, thread.state.name);
    this.abort();
    thread.record({ type: "MapRunFailed", kind: "bare" });
    throw new StateFailure(
      "States.ExceedToleratedFailureThreshold",
      "The specified tolerated failure threshold was exceeded",
    );
  }
}

const noOwner = { ended: () => undefined, failed: () => undefined };
