import type { Assumed } from "./assumptions.ts";
import type { Metered } from "./metered.ts";

/** What run time is modelled from. */
interface Taken {
  readonly metered: Pick<Metered, "invocations" | "express">;
  readonly assumed: Assumed;
}

/** Milliseconds that each run of a function takes, those it waits for included. */
export function functionMs({ metered: { invocations }, assumed }: Taken): number[] {
  const known: number[] = [];
  const msOf = (index: number): number => {
    const { calls, ownMs, waitedFor } = invocations[index]!;
    known[index] ??= assumed.handlerMs + calls * assumed.callMs + ownMs + sum(waitedFor.map(msOf));
    return known[index];
  };
  return invocations.map((_, index) => msOf(index));
}

/**
 * Milliseconds that each Express execution takes: its hops, what its states wait for, and its waits for retries; where
 * it timed out, its timeout.
 */
export function expressMs(taken: Taken): number[] {
  const { metered, assumed } = taken;
  const functions = functionMs(taken);
  return metered.express.map(
    ({ waitedFor, calls, ownMs, timedOutMs }) =>
      timedOutMs ??
      ownMs +
        calls * assumed.callMs +
        waitedFor.length * assumed.expressHopMs +
        sum(waitedFor.map((index) => functions[index]!)),
  );
}

const sum = (figures: readonly number[]): number => figures.reduce((total, each) => total + each, 0);
