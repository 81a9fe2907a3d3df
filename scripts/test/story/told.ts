import type { Faults } from "@ovsc/local";
import { refOf } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { bringHome, type Remedying } from "../../src/drills/bring-home.ts";
import { Injection } from "../../src/faults/injection.ts";
import type { FaultPlan } from "../../src/faults/plan.ts";
import type { Batch } from "../../src/orders/batch.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { aboutOrder } from "../../src/runs/log/about-order.ts";
import type { RunLine } from "../../src/runs/log/run-line.ts";
import { RunLog } from "../../src/runs/log/run-log.ts";
import { placeBatch, readOutcome } from "../../src/runs/run-batch.ts";
import type { Story } from "../../src/story/story.ts";
import { tellStory } from "../../src/story/tell-story.ts";
import { openWarm } from "../clouds/warm.ts";

export const named = (name: string, suffix = ""): Batch =>
  batchOf(
    scenarios.find((scenario) => scenario.name === name)!,
    suffix,
  );

/** Runs batches in one embedded cloud, one after the other, and keeps what its log would have. */
export async function logging(variant: Variant, { sweeper = "off" }: { readonly sweeper?: "on" | "off" } = {}) {
  const log = new RunLog(variant.name, Date.now());
  let faults: Faults = {};
  const deployment = await openWarm(variant, {
    thin: true,
    sweeper,
    onHappening: (happening) => log.add(happening),
    faults: {
      onAwsCall: (call) => faults.onAwsCall?.(call),
      onInvocation: (invocation) => faults.onInvocation?.(invocation),
      onQueuedEvent: (event) => faults.onQueuedEvent?.(event),
      onDelivery: (delivery) => faults.onDelivery?.(delivery),
      onDestination: (record) => faults.onDestination?.(record),
    },
  });
  return async (batch: Batch, plan: FaultPlan = [], remedying?: Remedying): Promise<RunLine[]> => {
    faults = new Injection(plan);
    log.begin(batch.name);
    const from = deployment.now();
    await placeBatch(batch, deployment);
    const placed = batch.placements.map(refOf);
    if (remedying) await bringHome(deployment, remedying, { placed, from });
    await readOutcome(batch, deployment);
    return log.take().lines.map(({ text }) => JSON.parse(text) as RunLine);
  };
}

/** The story of each order that lines of one variant speak of. */
export const storiesIn = (lines: readonly RunLine[]): Story[] =>
  [...new Set(lines.flatMap(({ orderId }) => orderId ?? []))].map((id) => tellStory(aboutOrder(id, lines)));
