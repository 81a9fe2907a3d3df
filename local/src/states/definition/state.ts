import type { Thread } from "../execution/thread.ts";
import type { Recovery } from "./recovery.ts";

export type StateType = "Choice" | "Fail" | "Map" | "Parallel" | "Pass" | "Succeed" | "Task" | "Wait";

/** Where a state leads; its target is known once every state of the program is compiled. */
export interface Link {
  /** Undefined where the program ends. */
  target: State | undefined;
}

/** One state, compiled once and shared by all executions. */
export interface State {
  readonly name: string;
  readonly type: StateType;
  /** What happens on an error: Retry and Catch. */
  readonly recovery: Recovery | undefined;
  /**
   * Carries the state out on the thread's input, then calls `thread.leave` or `thread.fail`, now or later. What it
   * throws is a failure of the state, too.
   */
  run(thread: Thread): void;
}

/** The states of a machine, of a branch or of an item processor. */
export interface Program {
  readonly start: State;
  readonly timeoutSeconds: number | undefined;
}
