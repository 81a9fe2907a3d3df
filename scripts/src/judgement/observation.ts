import type { Evidence } from "@ovsc/shared";
import { deadLettersAbout } from "../clouds/dead-letters.ts";
import type { Deployment } from "../clouds/deployment.ts";
import { historyOf } from "../clouds/execution.ts";
import { publishedEvents } from "../clouds/quiet.ts";
import type { Batch } from "../orders/batch.ts";
import { runBatch } from "../runs/run-batch.ts";
import { executionArn } from "../variant.ts";

/** What can be seen of one order, the same way in every cloud. */
export interface Observation {
  readonly evidence: Evidence;
  /** Invocations of each step, tries included. */
  readonly invocations: Readonly<Record<string, number>>;
  /** Events on the bus, by name, sorted: delivery has no order. */
  readonly events: readonly string[];
  /** Event types of the execution's history. */
  readonly history: readonly string[];
  /** How many dead letters speak of the order. */
  readonly deadLetters: number;
}

/** Runs a batch in one cloud and looks at each of its orders. */
export async function observe(batch: Batch, deployment: Deployment): Promise<Observation[]> {
  const { evidence } = await runBatch(batch, deployment);
  const bodies = await deadLettersAbout(
    batch.orders.map(({ orderId }) => orderId),
    deployment,
  );
  const observations: Observation[] = [];
  for (const each of evidence) {
    const { orderId } = each;
    const logs = await deployment.logs(orderId);
    const { StateMachineArn } = deployment.outputs;
    const events = StateMachineArn ? await historyOf(executionArn(StateMachineArn, orderId), deployment) : [];
    const started = Object.groupBy(
      logs.filter(({ message }) => message === "step started"),
      ({ step }) => step,
    );
    observations.push({
      evidence: each,
      invocations: Object.fromEntries(Object.entries(started).map(([step, lines = []]) => [step, lines.length])),
      events: deployment.variant === "choreography" ? publishedEvents(logs).toSorted() : [],
      history: events.map(({ type }) => type!),
      deadLetters: bodies.filter((body) => body.includes(`"${orderId}"`)).length,
    });
  }
  return observations;
}
