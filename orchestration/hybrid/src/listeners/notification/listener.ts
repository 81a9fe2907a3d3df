import type { SagaEvent } from "@ovsc/shared";
import { EventField, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SfnStateMachine } from "aws-cdk-lib/aws-events-targets";
import { ListenerFunction } from "../../listener-function.ts";
import { ListenerTable } from "../../listener-table.ts";
import type { Listener } from "../../listener.ts";
import { fanOut } from "./fan-out.ts";
import { messages } from "./messages.ts";

/** Tells the customer on each of his channels, and the shop, how an order ended: a state machine of its own. */
export const listener: Listener = {
  hears: Object.keys(messages) as SagaEvent[],
  build(scope, given) {
    const tell = new ListenerFunction(scope, "Deliver", {
      description: "Tells one fact of an order on one channel",
      table: new ListenerTable(scope, "Messages", { partition: "placementId", sort: "message" }),
      tableActions: ["dynamodb:PutItem"],
      readsOrders: true,
      given,
    });
    const machine = fanOut(scope, tell, given);
    const input = RuleTargetInput.fromObject({
      event: EventField.detailType,
      orderId: EventField.fromPath("$.detail.orderId"),
      placementId: EventField.fromPath("$.detail.placementId"),
    });
    return (delivery) => new SfnStateMachine(machine, { ...delivery, input });
  },
};
