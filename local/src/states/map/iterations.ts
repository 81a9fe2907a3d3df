import { UnknownFeature } from "../../errors.ts";
import { exceedsDataLimit } from "../data/json.ts";
import type { ThreadOwner, Waiting } from "../execution/thread-owner.ts";
import { Thread } from "../execution/thread.ts";
import { tooLarge } from "../failure.ts";
import type { StateFailure } from "../failure.ts";
import type { ItemProcessor, MapLimits } from "./map.ts";

/** One run of a Map state. */
export interface MapWork {
  readonly thread: Thread;
  readonly processor: ItemProcessor;
  readonly limits: MapLimits;
  readonly values: readonly unknown[];
  /** Makes the input of an iteration; undefined where the item is the input. */
  readonly select: ((scope: Thread) => unknown) | undefined;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
const mostInlineIterations = 40;

/** The iterations of an INLINE Map, whose events stand in the history of the execution. */
export class Iterations implements ThreadOwner, Waiting {
  readonly #work: MapWork;
  readonly #done: (outputs: readonly unknown[]) => void;
  readonly #outputs: unknown[];
  /** The iterations that were started and have not ended well; once the state failed, those that a redrive takes up. */
  readonly #running = new Set<Thread>();
  readonly #concurrency: number;
  #next = 0;
  #previousEventId: number;
  #pumping = false;
  #turn = 0;
  #lastEventId = 0;

  constructor(work: MapWork, done: (outputs: readonly unknown[]) => void) {
    this.#work = work;
    this.#done = done;
    this.#outputs = Array.from({ length: work.values.length });
    this.#concurrency = Math.min(work.limits.maxConcurrency || mostInlineIterations, mostInlineIterations);
    this.#previousEventId = work.thread.previousEventId;
  }

  start(): void {
    this.#turn = this.#work.thread.wait(this);
    this.#lastEventId = this.#previousEventId;
    this.#pump();
  }

  abort(recorded: boolean): void {
    for (const thread of this.#running) {
      if (!thread.alive) continue;
      thread.abort(recorded);
      if (recorded) this.#record("MapIterationAborted", thread);
    }
  }

  redrive(): void {
    const { thread: parent } = this.#work;
    this.#turn = parent.wait(this);
    this.#pumping = true;
    for (const thread of this.#running) {
      if (!parent.awaits(this.#turn)) continue;
      if (thread.hasBegun) thread.redrive();
      else this.#launch(thread);
    }
    this.#pumping = false;
    this.#pump();
  }

  checkRedrive(): void {
    for (const thread of this.#running) thread.checkRedrive();
  }

  ended(thread: Thread, output: unknown): void {
    this.#running.delete(thread);
    this.#outputs[thread.mapItem!.Index] = output;
    this.#work.thread.resume(this.#turn, () => {
      this.#lastEventId = this.#record("MapIterationSucceeded", thread);
      // Recorded: the iteration that takes the place follows the last state of this one, not its success.
      this.#previousEventId = thread.previousEventId;
      this.#pump();
    });
  }

  failed(thread: Thread, failure: StateFailure): void {
    const parent = this.#work.thread;
    parent.resume(this.#turn, () => {
      refuseTolerance(this.#work.limits, parent.state.name);
      this.#record("MapIterationFailed", thread);
      this.abort(true);
      // Recorded: the task that failed the iteration is noted as aborted, too.
      if (thread.state.type === "Task") thread.record({ type: "TaskStateAborted", kind: "bare" });
      parent.previousEventId = thread.previousEventId;
      parent.fail(failure);
    });
  }

  /** Starts iterations up to the allowed number; one that ends at once makes room without growing the stack. */
  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    const { thread: parent, values } = this.#work;
    while (this.#next < values.length && this.#running.size < this.#concurrency && parent.awaits(this.#turn)) {
      this.#begin(this.#next++);
    }
    this.#pumping = false;
    if (this.#next < values.length || this.#running.size > 0 || !parent.awaits(this.#turn)) return;
    parent.previousEventId = this.#lastEventId;
    parent.execution.record({ type: "MapStateSucceeded", kind: "bare", previousEventId: this.#lastEventId });
    this.#done(this.#outputs);
  }

  #begin(index: number): void {
    const { thread: parent, processor, values } = this.#work;
    const thread = new Thread(parent.execution, processor.program, values[index], this.#previousEventId, this);
    thread.inherit(parent);
    thread.mapItem = { Index: index, Value: values[index] };
    this.#running.add(thread);
    thread.previousEventId = this.#record("MapIterationStarted", thread);
    this.#launch(thread);
  }

  #launch(thread: Thread): void {
    const { thread: parent, processor, select } = this.#work;
    thread.alive = true;
    if (!select) return thread.start();
    thread.state = parent.state;
    parent.follow(select(thread), (input) => {
      if (exceedsDataLimit(input)) throw tooLarge(parent.state.name);
      thread.state = processor.program.start;
      thread.input = input;
      thread.start();
    });
  }

  #record(type: string, thread: Thread): number {
    const { thread: parent } = this.#work;
    return parent.execution.record({
      type,
      kind: "mapIteration",
      previousEventId: thread.previousEventId,
      subject: parent.state.name,
      data: thread.mapItem!.Index,
    });
  }
}

/**
 * A failure within a threshold above none would be tolerated; what the output holds for it is not known here.
 * @throws UnknownFeature
 */
export function refuseTolerance({ toleratedCount = 0, toleratedPercentage = 0 }: MapLimits, state: string): void {
  if (toleratedCount > 0 || toleratedPercentage > 0)
    throw new UnknownFeature("a tolerated failure of a Map state", state);
}
