/** How a supervisor had to end handler code that did not give back control. */
export type Ended = "timed out" | "out of memory";

/**
 * What a supervised thread is given. A handler's code gets control at its start, and whenever a timer or an answer
 * wakes it: each such entry has a number, the same in every repetition of a run.
 */
export interface Supervision {
  /** Shared with the supervisor: the entry under way, 0 for none, and the name of its function. */
  readonly state: SharedArrayBuffer;
  /** Entries that were ended in earlier attempts at the same run. */
  readonly ended: ReadonlyMap<number, Ended>;
}

const nameOffset = 8;
const maximumNameBytes = 256;

export const supervision = (ended: ReadonlyMap<number, Ended> = new Map()): Supervision => ({
  state: new SharedArrayBuffer(nameOffset + maximumNameBytes),
  ended,
});

/** Says in shared memory whose handler runs, so that another thread can name one that never gives back control. */
export class Watch {
  readonly #words: Int32Array;
  readonly #name: Uint8Array;
  #ended: ReadonlyMap<number, Ended>;
  readonly #encoder = new TextEncoder();
  #entries = 0;

  constructor({ state, ended }: Supervision = supervision()) {
    this.#words = new Int32Array(state, 0, 2);
    this.#name = new Uint8Array(state, nameOffset);
    this.#ended = ended;
  }

  /**
   * A handler's code is about to get control.
   * @returns how this entry was ended in an earlier attempt: it must not run again
   */
  enter(functionName: string): Ended | undefined {
    this.#entries += 1;
    this.#words[1] = this.#encoder.encodeInto(functionName, this.#name).written;
    Atomics.store(this.#words, 0, this.#entries);
    return this.#ended.get(this.#entries);
  }

  /** A repetition of the run would begin here: entries are counted anew, and none was ended yet. */
  startOver(): void {
    this.#entries = 0;
    this.#ended = new Map();
  }

  /** Every handler has given back control. */
  rest(): void {
    Atomics.store(this.#words, 0, 0);
  }
}

/** The entry that is under way in the thread that was given `supervision`. */
export function underWay({ state }: Supervision): { entry: number; functionName: string } {
  const words = new Int32Array(state, 0, 2);
  const entry = Atomics.load(words, 0);
  return { entry, functionName: Buffer.from(state, nameOffset, words[1]).toString() };
}
