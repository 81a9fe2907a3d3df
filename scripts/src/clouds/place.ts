import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { ExecutionAlreadyExists, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { eventSource, eventVersion, type Order } from "@ovsc/shared";
import type { Deployment } from "./deployment.ts";

/** Submits an order, the way a client of the variant does: an event on its bus, or an execution of its state machine. */
export async function place(order: Order, { variant, outputs, clients }: Deployment): Promise<void> {
  if (variant === "choreography") {
    const detail = { version: eventVersion, correlationId: order.orderId, causationId: "client", order };
    const { FailedEntryCount, Entries } = await clients.events.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: outputs.BusName,
            Source: eventSource,
            DetailType: "OrderPlaced",
            Detail: JSON.stringify(detail),
          },
        ],
      }),
    );
    if (FailedEntryCount) throw new Error(`the bus did not take order ${order.orderId}: ${Entries?.[0]?.ErrorCode}`);
    return;
  }
  try {
    await clients.states.send(
      // Named by the order, so that Step Functions itself starts an order once.
      new StartExecutionCommand({
        stateMachineArn: outputs.StateMachineArn,
        name: order.orderId,
        input: JSON.stringify(order),
      }),
    );
  } catch (error) {
    // The order was submitted before and its execution has ended: nothing is left to start.
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}
