import type { ThreadOwner, Waiting } from "../execution/thread-owner.ts";
import { Thread } from "../execution/thread.ts";
import type { StateFailure } from "../failure.ts";
import { compileFlow } from "./data-flow.ts";
import type { Fields } from "./fields.ts";
import { compileRecovery } from "./recovery.ts";
import type { StateContext } from "./state-context.ts";
import type { Program, State } from "./state.ts";

export const parallelFields = {
  JSONPath: [
    "Next",
    "End",
    "Assign",
    "InputPath",
    "Parameters",
    "ResultSelector",
    "ResultPath",
    "OutputPath",
    "Branches",
    "Retry",
    "Catch",
  ],
  JSONata: ["Next", "End", "Assign", "Arguments", "Output", "Branches", "Retry", "Catch"],
} as const;

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html */
export function compileParallel(fields: Fields, context: StateContext): State {
  const flow = compileFlow(fields, context.language, { result: "result" });
  const link = context.next();
  const branches = fields.list("Branches").map((branch) => context.program(branch));
  if (branches.length === 0) throw fields.invalid("The field 'Branches' must not be empty", "Branches");
  return {
    name: context.name,
    type: "Parallel",
    recovery: compileRecovery(fields, context.language, context.link),
    run: (thread) => {
      thread.follow(flow.arguments(thread), (input) => {
        thread.record({ type: "ParallelStateStarted", kind: "bare" });
        new Branches(thread, branches, (outputs) => flow.leave(thread, outputs, link)).start(input);
      });
    },
  };
}

/** The branches of one run of a Parallel state. */
class Branches implements ThreadOwner, Waiting {
  readonly #parent: Thread;
  readonly #programs: readonly Program[];
  readonly #done: (outputs: readonly unknown[]) => void;
  readonly #threads: Thread[] = [];
  readonly #outputs: unknown[];
  #open: number;
  #lastEventId = 0;
  #turn = 0;

  constructor(parent: Thread, programs: readonly Program[], done: (outputs: readonly unknown[]) => void) {
    this.#parent = parent;
    this.#programs = programs;
    this.#done = done;
    this.#open = programs.length;
    this.#outputs = Array.from({ length: programs.length });
  }

  start(input: unknown): void {
    const parent = this.#parent;
    this.#turn = parent.wait(this);
    for (const program of this.#programs) {
      const thread = new Thread(parent.execution, program, input, parent.previousEventId, this);
      thread.inherit(parent);
      this.#threads.push(thread);
    }
    for (const thread of this.#threads) if (thread.alive) thread.start();
  }

  abort(recorded: boolean): void {
    for (const thread of this.#threads) thread.abort(recorded);
  }

  redrive(): void {
    this.#turn = this.#parent.wait(this);
    if (this.#open === 0) return this.#succeed();
    for (const thread of this.#threads.filter(({ hasEnded }) => !hasEnded))
      if (this.#parent.awaits(this.#turn)) thread.redrive();
  }

  checkRedrive(): void {
    for (const thread of this.#threads) thread.checkRedrive();
  }

  ended(thread: Thread, output: unknown): void {
    this.#outputs[this.#threads.indexOf(thread)] = output;
    this.#lastEventId = thread.previousEventId;
    if ((this.#open -= 1) === 0) this.#parent.resume(this.#turn, () => this.#succeed());
  }

  #succeed(): void {
    this.#parent.previousEventId = this.#lastEventId;
    // Recorded: what follows the success in the history names the event before it.
    this.#parent.execution.record({
      type: "ParallelStateSucceeded",
      kind: "bare",
      previousEventId: this.#lastEventId,
    });
    this.#done(this.#outputs);
  }

  failed(thread: Thread, failure: StateFailure): void {
    this.#parent.resume(this.#turn, () => {
      // Recorded: the task that failed a branch is noted as aborted before the state fails.
      if (thread.state.type === "Task") thread.record({ type: "TaskStateAborted", kind: "bare" });
      this.abort(true);
      this.#parent.previousEventId = thread.previousEventId;
      this.#parent.fail(failure);
    });
  }
}
