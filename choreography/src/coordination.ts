import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { eventSource, eventVersion, isEventName } from "@ovsc/shared";
import { type Coordination, deadLettersOn, type DeployedStack, storyInLogs } from "@ovsc/shared/variant";
import { isQuiet, publishedEvents } from "./quiet.ts";

/** The way to a deployed choreography: a client publishes, and the logs of the steps tell the rest. */
export function connect({ outputs, client, logs, events: heard }: DeployedStack): Coordination {
  const events = client(EventBridgeClient);
  return {
    async place(order) {
      const detail = { version: eventVersion, correlationId: order.orderId, causationId: "client", order };
      const entry = {
        EventBusName: outputs["BusName"],
        Source: eventSource,
        DetailType: "OrderPlaced",
        Detail: JSON.stringify(detail),
      };
      const { FailedEntryCount, Entries } = await events.send(new PutEventsCommand({ Entries: [entry] }));
      if (FailedEntryCount) throw new Error(`the bus did not take order ${order.orderId}: ${Entries?.[0]?.ErrorCode}`);
    },
    hasEnded: async (orderId, placed) => isQuiet(await logs(orderId), placed),
    ending: async () => undefined,
    async published(orderId) {
      // A step logs an event once the bus has taken it.
      if (!heard) return (await logs(orderId)).map(({ message }) => message).filter(isEventName);
      return heard(orderId).flatMap(({ source, detailType }) => (source === eventSource ? [detailType] : []));
    },
    async usage(orderIds) {
      const published = await Promise.all([...new Set(orderIds)].map(async (id) => publishedEvents(await logs(id))));
      // Each submission is an event too.
      return { events: orderIds.length + published.flat().length, stateTransitions: 0 };
    },
    deadLetters: deadLettersOn(outputs["DeadLetterQueueUrl"]!, client),
    // Delivery has no order.
    history: async (orderId) => ({ events: publishedEvents(await logs(orderId)).toSorted() }),
    story: async (orderId) => storyInLogs(await logs(orderId)),
  };
}
