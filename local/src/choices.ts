import type { Conductor } from "./agenda.ts";

/**
 * The one source of chance: delivery order, duplicates, faults and jitter are all drawn here, so a run is a list of
 * integers and the same list gives the same run.
 */
export interface Choices {
  /**
   * One of `optionCount` options, 0 to optionCount - 1. Option 0 always means "in order, no fault".
   * @param what names the decision in the history, for instance "retry jitter"
   */
  choose(optionCount: number, what: string): number;
  /** Asked what is next instead of `choose`, where it is there. */
  readonly conductor?: Conductor;
}

/** Always option 0: in order, no fault, no jitter. */
export const inOrder: Choices = { choose: () => 0 };

/** Options drawn by a seeded generator (mulberry32, 32 bits of state). */
export function seeded(seed: number): Choices {
  const random = mulberry32(seed);
  return { choose: (optionCount) => Math.floor(random() * optionCount) };
}

/** Numbers in [0, 1) from a 32-bit seed; public domain, by Tommy Ettinger. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
