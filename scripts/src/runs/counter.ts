import type { Happening } from "@ovsc/local";
import { isStateTransition } from "@ovsc/shared/variant";
import { type Counts, noCounts } from "./counts.ts";

type Tally = Record<keyof Counts, number>;

/** Counts what happens in the embedded cloud, order by order. */
export class Counter {
  readonly #tallies = new Map<string, Tally>();

  add(happening: Happening): void {
    const { correlationId } = happening;
    const name = correlationId && names.find((each) => countsAs[each](happening));
    if (!name) return;
    let tally = this.#tallies.get(correlationId);
    if (!tally) this.#tallies.set(correlationId, (tally = { ...noCounts }));
    tally[name] += 1;
  }

  /** The sum over these orders, which are then forgotten. */
  take(orderIds: readonly string[]): Counts {
    const sum: Tally = { ...noCounts };
    for (const orderId of new Set(orderIds)) {
      const tally = this.#tallies.get(orderId);
      if (!tally) continue;
      for (const name of names) sum[name] += tally[name];
      this.#tallies.delete(orderId);
    }
    return sum;
  }
}

/** What is counted as what: a happening counts once. */
const countsAs: Readonly<Record<keyof Counts, (happening: Happening) => boolean>> = {
  invocations: ({ type }) => type === "InvocationStarted",
  events: ({ type }) => type === "EventPublished",
  stateTransitions: (happening) => happening.type === "ExecutionEvent" && isStateTransition(happening.event),
  // What functions call, or Lambda in their name; invocations are counted above.
  awsCalls: (happening) =>
    happening.type === "AwsCall" && happening.caller.includes(":assumed-role/") && happening.service !== "lambda",
};

const names = Object.keys(countsAs) as readonly (keyof Counts)[];
