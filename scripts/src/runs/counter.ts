import type { Happening } from "@ovsc/local";
import { isStateTransition } from "@ovsc/shared/variant";
import type { Counts } from "./counts.ts";

type Tally = Record<keyof Counts, number>;

const zero = (): Tally => ({ invocations: 0, events: 0, stateTransitions: 0, awsCalls: 0 });

/** Counts what happens in the embedded cloud, order by order. */
export class Counter {
  readonly #tallies = new Map<string, Tally>();

  add(happening: Happening): void {
    const name = countedAs(happening);
    if (!name || !happening.correlationId) return;
    let tally = this.#tallies.get(happening.correlationId);
    if (!tally) this.#tallies.set(happening.correlationId, (tally = zero()));
    tally[name] += 1;
  }

  /** The sum over these orders, which are then forgotten. */
  take(orderIds: readonly string[]): Counts {
    const sum = zero();
    for (const orderId of new Set(orderIds)) {
      const tally = this.#tallies.get(orderId);
      if (!tally) continue;
      for (const name of Object.keys(sum) as (keyof Tally)[]) sum[name] += tally[name];
      this.#tallies.delete(orderId);
    }
    return sum;
  }
}

function countedAs(happening: Happening): keyof Tally | undefined {
  if (happening.type === "InvocationStarted") return "invocations";
  if (happening.type === "EventPublished") return "events";
  if (happening.type === "ExecutionEvent") return isStateTransition(happening.event) ? "stateTransitions" : undefined;
  // What functions call, or Lambda in their name; invocations are counted above.
  const byRole =
    happening.type === "AwsCall" && happening.caller.includes(":assumed-role/") && happening.service !== "lambda";
  return byRole ? "awsCalls" : undefined;
}
