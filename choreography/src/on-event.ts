import {
  eventVersion,
  GenerationOver,
  log,
  OrderConflict,
  OrderOvertaken,
  parse,
  PlacementRef,
  type Ports,
  type StepName,
  steps,
  UnsupportedVersion,
} from "@ovsc/shared";
import { type InvocationRecord, unwrap } from "@ovsc/shared/aws";
import { type Publish, say } from "@ovsc/shared/publish";
import type { EventBridgeEvent } from "aws-lambda";

type Event = EventBridgeEvent<string, unknown>;

/**
 * The shell of a step in the choreography: takes the event that woke it, runs the step, says what happened. It throws
 * only where a retry may help; Lambda retries, and after the last try tells the bus.
 */
export function onEvent(step: StepName, ports: Ports, publish: Publish) {
  return async (given: Event | InvocationRecord<Event>): Promise<void> => {
    const { event, failure } = unwrap(given);
    const { orderId, placementId } = idsIn(event);
    const about = { step, correlationId: orderId ?? event.id, placementId, causationId: event.id };
    log("info", "step started", { ...about, event: event["detail-type"] });
    try {
      const result = await steps[step].run({ ...refIn(event), ...(failure && { failure }) }, ports);
      await say(result, event.id, { ports, publish });
      log("info", result.event, { ...about, refusal: result.refusal?.message, reason: result.record.reason?.message });
    } catch (error) {
      const { name, message } = error as Error;
      // Only a step that looks for a placement rejects it. Elsewhere, what is invalid is our bug: Lambda retries it.
      if (steps[step].rejects.some((each) => each.name === name) && !(error instanceof GenerationOver)) {
        await publish("OrderRejected", { placementId, causationId: event.id, error: name, reason: message });
        log("warn", "OrderRejected", { ...about, refusal: message });
      } else if (error instanceof OrderOvertaken || error instanceof OrderConflict) {
        log("info", "ignored", { ...about, reason: message });
      } else {
        log("error", "step failed", { ...about, error: name, reason: message });
        throw error;
      }
    }
  };
}

/** The ids an event names, as far as it does. */
function idsIn({ detail }: Event): { orderId: string | undefined; placementId: string | undefined } {
  const { orderId, placementId } = (detail ?? {}) as Record<string, unknown>;
  return { orderId: textOr(orderId), placementId: textOr(placementId) };
}

const textOr = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** @throws UnsupportedVersion, and InvalidOrder for an event that does not say whose order it is about */
function refIn({ detail }: Event): PlacementRef {
  const { version } = (detail ?? {}) as { version?: unknown };
  if (version !== eventVersion) throw new UnsupportedVersion(version);
  return parse(PlacementRef, detail);
}
