/** What a task of the clock does, as far as it matters to whoever decides what is next. */
export type About =
  /** A call of a handler that waits to take effect; `late` for one whose caller is gone. */
  | {
      readonly what: "call";
      readonly late: boolean;
      readonly functionName: string;
      readonly requestId: string;
      readonly correlationId: string | undefined;
      readonly service: string;
      readonly operation: string;
      readonly input: Readonly<Record<string, unknown>>;
    }
  /** An invocation under way: the task is its timeout. */
  | {
      readonly what: "invocation";
      readonly functionName: string;
      readonly requestId: string;
      readonly attempt: number;
      readonly payload: string;
    }
  /** An execution under way: the task is its timeout. */
  | {
      readonly what: "execution";
      readonly name: string;
      readonly state: string;
      readonly data: unknown;
      readonly retries: readonly number[];
    }
  /** Anything else: a delivery, a retry, a timer of a handler. */
  | { readonly what: "other"; readonly [detail: string]: unknown };

/** Something that the clock is to do. */
export interface Task {
  /** Virtual milliseconds since 1970. */
  readonly dueMs: number;
  /** Read only when asked, since most runs never do. */
  readonly about: (() => About) | undefined;
}

/** All that a clock is to do: what could be next, and what is due later. */
export interface Agenda {
  readonly nowMs: number;
  /** What is under way, then what is due now. */
  readonly now: readonly Task[];
  /** The next first, without what is in the background. */
  later(): readonly Task[];
}

/** Decides what is next by what it is, where `Choices.choose` only knows of how many there are. */
export interface Conductor {
  /** @returns the index of a task in `now`, of which there is one at least; nothing to have the agenda made anew */
  next(agenda: Agenda): number | undefined;
  /**
   * Asked when nothing is left to do now.
   * @param dueMs when time would move on to; nothing where the run would end
   * @returns whether it started something that comes first
   */
  idle(agenda: Agenda, dueMs: number | undefined): boolean;
}
