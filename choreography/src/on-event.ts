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
  parse,
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
    const orderId = orderIdIn(event);
    const about = { step, correlationId: orderId, causationId: event.id };
    log("info", "step started", { ...about, event: event["detail-type"] });
    const caused = { version: eventVersion, correlationId: orderId, causationId: event.id } as const;
    try {
      const outcome = await steps[step](orderIn(event, orderId), ports);
      await publish(outcome.event, { ...caused, order: outcome.order });
      log("info", outcome.event, { ...about, refusal: outcome.refusal?.message });
    } catch (error) {
      // Only what a client places can be rejected: further on an order is ours, and one that is not as it must be is a bug.
      const isClients = step === "CreateOrder" && (error instanceof InvalidOrder || error instanceof OrderConflict);
      if (isClients) {
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

/** The order an event speaks of, by its correlation id, by its orderId, or by the event's own id. */
function orderIdIn({ id, detail }: EventBridgeEvent<string, unknown>): string {
  const { correlationId, order } = (detail ?? {}) as { correlationId?: unknown; order?: { orderId?: unknown } | null };
  return [correlationId, order?.orderId].find((each) => typeof each === "string") ?? id;
}

/** The order as an event carries it. @throws InvalidOrder for a detail that breaks its contract */
function orderIn(event: EventBridgeEvent<string, unknown>, orderId: string): unknown {
  const { order } = parse(eventContracts[event["detail-type"] as Outcome["event"] | "OrderPlaced"], event.detail);
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
