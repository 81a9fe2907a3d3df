import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  type EventDetail,
  type EventName,
  eventContracts,
  eventSource,
  eventVersion,
  InvalidOrder,
  log,
  OrderConflict,
  OrderOvertaken,
  type Outcome,
  type Ports,
  type StepName,
  steps,
} from "@ovsc/shared";
import type { EventBridgeEvent } from "aws-lambda";

/** Where a step's outcome goes: an event bus. */
export type Publish = <Name extends EventName>(name: Name, detail: EventDetail<Name>) => Promise<void>;

/**
 * The shell of a step in the choreography: takes the event that woke it, runs the step, says what happened. It throws
 * only where a retry may help; Lambda retries, and after the last try tells the bus.
 */
export function onEvent(step: StepName, ports: Ports, publish: Publish) {
  return async (event: EventBridgeEvent<string, unknown>): Promise<void> => {
    const { order, orderId } = orderIn(event);
    const about = { step, correlationId: orderId, causationId: event.id };
    log("info", "step started", { ...about, event: event["detail-type"] });
    const caused = { version: eventVersion, correlationId: orderId, causationId: event.id } as const;
    try {
      const outcome = await steps[step](order, ports);
      await publish(outcome.event, { ...caused, order: outcome.order });
      log("info", outcome.event, { ...about, refusal: outcome.refusal?.message });
    } catch (error) {
      if (error instanceof InvalidOrder || error instanceof OrderConflict) {
        await publish("OrderRejected", { ...caused, error: error.name, reason: error.message });
        log("warn", "OrderRejected", { ...about, refusal: error.message });
      } else if (error instanceof OrderOvertaken) {
        log("info", "ignored", { ...about, reason: error.message });
      } else {
        log("error", "step failed", { ...about, error: (error as Error).name, reason: (error as Error).message });
        throw error;
      }
    }
  };
}

/** The order an event speaks of. @throws ZodError for a detail that breaks its contract, which only a bug writes */
function orderIn(event: EventBridgeEvent<string, unknown>): { order: unknown; orderId: string } {
  if (event["detail-type"] === "OrderPlaced") {
    const { order, correlationId } = eventContracts.OrderPlaced.parse(event.detail);
    const isObject = typeof order === "object" && order !== null;
    const orderId = correlationId ?? (isObject && "orderId" in order ? String(order.orderId) : event.id);
    return { orderId, order: isObject ? { orderId, ...order } : order };
  }
  const { order, correlationId } = eventContracts[event["detail-type"] as Outcome["event"]].parse(event.detail);
  return { order, orderId: correlationId };
}

/** Publishes to one bus. A rejected entry is an error: the step runs again and says it again. */
export function publishTo(busName: string, client = new EventBridgeClient({})): Publish {
  return async (name, detail) => {
    const entry = {
      EventBusName: busName,
      Source: eventSource,
      DetailType: name,
      Detail: JSON.stringify(eventContracts[name].parse(detail)),
    };
    const { FailedEntryCount, Entries } = await client.send(new PutEventsCommand({ Entries: [entry] }));
    if (FailedEntryCount) throw new EventNotPublished(name, Entries?.[0]?.ErrorCode);
  };
}

/** The bus answered, and did not take the event. */
export class EventNotPublished extends Error {
  override readonly name = "EventNotPublished";
  constructor(event: EventName, errorCode = "no error code") {
    super(`the bus did not take ${event}: ${errorCode}`);
  }
}
