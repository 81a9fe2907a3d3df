import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { detailOf, eventSource, isEventName, moveOf, refOf } from "@ovsc/shared";
import { writePlacement } from "@ovsc/shared/aws";
import { publishTo } from "@ovsc/shared/publish";
import {
  again,
  type Coordination,
  deadLettersOn,
  decideBy,
  type DeployedStack,
  repair,
  storyInLogs,
} from "@ovsc/shared/variant";
import { handBack } from "./hand-back.ts";
import { isQuiet, publishedEvents } from "./quiet.ts";
import { replay } from "./replay.ts";

/** The way to a deployed choreography: a client publishes, and the logs of the steps tell the rest. */
export function connect(stack: DeployedStack): Coordination {
  const { outputs, client, asClient, asOperator, asApprover, logs, events: heard, now } = stack;
  const publish = publishTo(outputs["BusName"]!, asOperator.client(EventBridgeClient));
  const events = asClient.client(EventBridgeClient);
  return {
    async place(placement) {
      await writePlacement(asClient.table, placement, now);
      const entry = {
        EventBusName: outputs["BusName"],
        Source: eventSource,
        DetailType: "OrderPlaced",
        Detail: JSON.stringify(detailOf("OrderPlaced", { ...refOf(placement), causationId: "client" })),
      };
      const { FailedEntryCount, Entries } = await events.send(new PutEventsCommand({ Entries: [entry] }));
      const { orderId } = placement.order;
      if (FailedEntryCount) throw new Error(`the bus did not take order ${orderId}: ${Entries?.[0]?.ErrorCode}`);
    },
    decide:
      asApprover &&
      decideBy(stack, {
        saysFacts: true,
        wake: (placed, approval) =>
          publishTo(outputs["BusName"]!, asApprover.client(EventBridgeClient))(moveOf(approval), {
            ...placed,
            causationId: "approver",
          }),
      }),
    hasEnded: async (placed, times) => isQuiet(await logs(placed), times),
    ending: async () => undefined,
    async published(placed) {
      // A step logs an event once the bus has taken it.
      if (!heard) return (await logs(placed)).map(({ message }) => message).filter(isEventName);
      return heard(placed).flatMap(({ source, detailType }) => (source === eventSource ? [detailType] : []));
    },
    async usage(placed) {
      const unique = new Map(placed.map((each) => [each.placementId, each]));
      const published = await Promise.all([...unique.values()].map(async (each) => publishedEvents(await logs(each))));
      // Each placing is an event too.
      return { events: placed.length + published.flat().length, stateTransitions: 0 };
    },
    deadLetters: deadLettersOn(outputs["DeadLetterQueueUrl"]!, client),
    remedies: {
      handback: handBack({ outputs, client }),
      replay: replay({ outputs, client, now }),
      repair: repair(stack, {
        saysFacts: true,
        wake: (placed) => publish("RepairStarted", { ...placed, causationId: "operator" }),
      }),
      again: again(stack, {
        saysFacts: true,
        wake: (placed) => publish("OrderCreated", { ...placed, causationId: "operator" }),
      }),
    },
    // Delivery has no order.
    history: async (placed) => ({ events: publishedEvents(await logs(placed)).toSorted() }),
    story: async (placed) => storyInLogs(await logs(placed)),
  };
}
