import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  detailOf,
  type EventName,
  eventSource,
  eventVersion,
  isSettled,
  lifecycle,
  log,
  OrderConflict,
  OrderOvertaken,
  parse,
  PlacementRef,
  type Ports,
  type StepName,
  type StepResult,
  steps,
  UnsupportedVersion,
} from "@ovsc/shared";
import type { EventBridgeEvent } from "aws-lambda";
import { type InvocationRecord, unwrap } from "./invocation-record.ts";

type Event = EventBridgeEvent<string, unknown>;

/** Says a fact to an event bus, with those of the fields that its contract names. */
type Publish = (name: EventName, fields: Readonly<Record<string, unknown>>) => Promise<void>;

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
      await publish(result.event, { ...factsOf(result), causationId: event.id });
      if (isSettled(lifecycle[result.event].to)) await ports.orders.said(result.record, result.event);
      log("info", result.event, { ...about, refusal: result.refusal?.message, reason: result.record.reason?.message });
    } catch (error) {
      const { name, message } = error as Error;
      // Only a step that looks for a placement rejects it. Elsewhere, what is invalid is our bug: Lambda retries it.
      if (steps[step].rejects.some((each) => each.name === name)) {
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

/** What an event about an order may say: the contract of its name chooses from it. */
function factsOf({ record, refusal }: StepResult): Readonly<Record<string, unknown>> {
  const { order, placementId, reason } = record;
  const why = refusal ? { error: refusal.name, message: refusal.message } : reason;
  return { ...order, placementId, error: why?.error, reason: why?.message };
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

/** Publishes to one bus. A rejected entry is an error: the step runs again and says it again. */
export function publishTo(busName: string, client = new EventBridgeClient({})): Publish {
  return async (name, fields) => {
    const entry = {
      EventBusName: busName,
      Source: eventSource,
      DetailType: name,
      Detail: JSON.stringify(detailOf(name, fields)),
    };
    const { FailedEntryCount, Entries } = await client.send(new PutEventsCommand({ Entries: [entry] }));
    if (FailedEntryCount) throw new EventNotPublished(name, Entries?.[0]?.ErrorCode);
  };
}

/** The bus answered, and did not take the event. */
class EventNotPublished extends Error {
  override readonly name = "EventNotPublished";
  constructor(event: EventName, errorCode = "no error code") {
    super(`the bus did not take ${event}: ${errorCode}`);
  }
}
