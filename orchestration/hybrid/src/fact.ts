import { log, PlacementRef, type SagaEvent } from "@ovsc/shared";
import type { EventBridgeEvent } from "aws-lambda";

/** What a listener hears: whose order it is, and what it has come to. The row says the rest. */
export interface Fact extends PlacementRef {
  readonly event: SagaEvent;
  /** What led to it: an event, or an execution. */
  readonly causationId: string;
}

/** A fact as a rule hands it over. */
export type FactEvent = EventBridgeEvent<SagaEvent, unknown>;

export const factIn = ({ id, detail, "detail-type": event }: FactEvent): Fact => ({
  ...PlacementRef.parse(detail),
  event,
  causationId: id,
});

/** Runs a listener's work for a fact, and logs that as a step does. */
export async function hear(listener: string, fact: Fact, work: () => Promise<void>): Promise<void> {
  const { orderId: correlationId, placementId, causationId, event } = fact;
  const about = { step: listener, correlationId, placementId, causationId };
  log("info", "step started", { ...about, event });
  await work();
  log("info", "heard", about);
}
