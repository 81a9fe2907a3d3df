import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  type EventDetail,
  type EventName,
  eventContracts,
  eventSource,
  eventVersion,
  log,
  OrderOvertaken,
  parse,
  type Ports,
  type SagaEvent,
  type StepName,
  steps,
} from "@ovsc/shared";
import type { EventBridgeEvent } from "aws-lambda";

/** Says a fact to an event bus. */
export type Publish = <Name extends EventName>(name: Name, detail: EventDetail<Name>) => Promise<void>;

/**
 * The shell of a step in the choreography: takes the event that woke it, runs the step, says what happened. It throws
 * only where a retry may help; Lambda retries, and after the last try tells the bus.
 */
export function onEvent(step: StepName, ports: Ports, publish: Publish) {
  return async (event: EventBridgeEvent<string, unknown>): Promise<void> => {
    const orderId = orderIdIn(event);
    const about = { step, correlationId: orderId, causationId: event.id };
    log("info", "step started", { ...about, event: event["detail-type"] });
    const caused = { version: eventVersion, correlationId: orderId, causationId: event.id } as const;
    try {
      const result = await steps[step].run(orderIn(event, orderId), ports);
      await publish(result.event, { ...caused, order: result.order });
      log("info", result.event, { ...about, refusal: result.refusal?.message });
    } catch (error) {
      // Only CreateOrder reads a client's input, and rejects it. Later, an invalid order is our bug: throw, and let
      // Lambda retry.
      const rejected = steps[step].rejects.some((each) => error instanceof each);
      if (rejected) {
        const { name, message } = error as Error;
        await publish("OrderRejected", { ...caused, error: name, reason: message });
        log("warn", "OrderRejected", { ...about, refusal: message });
      } else if (error instanceof OrderOvertaken) {
        log("info", "ignored", { ...about, reason: error.message });
      } else {
        log("error", "step failed", { ...about, error: (error as Error).name, reason: (error as Error).message });
        throw error;
      }
    }
  };
}

/** The order an event speaks of, by its correlation id, by its orderId, or by the event's own id. */
function orderIdIn({ id, detail }: EventBridgeEvent<string, unknown>): string {
  const { correlationId, order } = (detail ?? {}) as { correlationId?: unknown; order?: { orderId?: unknown } | null };
  return [correlationId, order?.orderId].find((each) => typeof each === "string") ?? id;
}

/** The order as an event carries it. @throws InvalidOrder for a detail that breaks its contract */
function orderIn(event: EventBridgeEvent<string, unknown>, orderId: string): unknown {
  const { order } = parse(eventContracts[event["detail-type"] as SagaEvent | "OrderPlaced"], event.detail);
  return typeof order === "object" && order !== null ? { orderId, ...order } : order;
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
