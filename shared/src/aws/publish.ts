import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { detailOf, type EventName, eventSource } from "../event.ts";
import { isSettled, lifecycle } from "../lifecycle.ts";
import { refOfRow } from "../placement.ts";
import type { Ports } from "../ports.ts";
import type { Reached } from "../steps/reached.ts";

/** Says a fact to an event bus, with those of the fields that its contract names. */
export type Publish = (name: EventName, fields: Readonly<Record<string, unknown>>) => Promise<void>;

/** Says what an order has come to, and notes of one that is settled that it was said. */
export async function say(
  reached: Reached,
  causationId: string,
  { ports, publish }: { readonly ports: Pick<Ports, "orders">; readonly publish: Publish },
): Promise<void> {
  await publish(reached.event, { ...factsOf(reached), ...refOfRow(reached.record), causationId });
  if (isSettled(lifecycle[reached.event].to)) await ports.orders.said(reached.record, reached.event);
}

/** What an event about an order may say: the contract of its name chooses from it. */
function factsOf({ record, refusal }: Reached): Readonly<Record<string, unknown>> {
  const { order, placementId, reason } = record;
  const why = refusal ? { error: refusal.name, message: refusal.message } : reason;
  return { ...order, placementId, error: why?.error, reason: why?.message };
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
