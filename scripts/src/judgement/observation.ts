import type { Evidence } from "@ovsc/shared";
import type { Deployment } from "../clouds/deployment.ts";

/** What can be seen of one order, the same way in every cloud. */
export interface Observation {
  readonly evidence: Evidence;
  /** Invocations of each step, tries included. */
  readonly invocations: Readonly<Record<string, number>>;
  /** How many dead letters speak of the order. */
  readonly deadLetters: number;
  /** What the coordination shows, such as the events on a bus or the types of an execution's history. */
  readonly [history: string]: unknown;
}

/** Looks at each of these orders in one cloud. */
export function observe(evidence: readonly Evidence[], deployment: Deployment): Promise<Observation[]> {
  const seen = async (each: Evidence): Promise<Observation> => {
    const started = (await deployment.logs(each)).filter(({ message }) => message === "step started");
    const byStep = Object.entries(Object.groupBy(started, ({ step }) => step));
    return {
      evidence: each,
      invocations: Object.fromEntries(byStep.map(([step, lines = []]) => [step, lines.length])),
      deadLetters: (await deployment.coordination.deadLetters([each.orderId])).length,
      ...(await deployment.coordination.history(each)),
    };
  };
  // One after the other: CloudWatch Logs answers 5 searches a second.
  return Array.fromAsync(evidence, seen);
}
