import { stepNames, steps, eventsOf } from "@ovsc/shared";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { ListenerFunction } from "../../listener-function.ts";
import { ListenerTable } from "../../listener-table.ts";
import type { Listener } from "../../listener.ts";

/** Keeps every fact and its time, to be counted. */
export const listener: Listener = {
  hears: stepNames.flatMap((step) => eventsOf(steps[step])),
  build(scope, given) {
    const count = new ListenerFunction(scope, "Keep", {
      description: "Keeps every fact of the saga, to be counted",
      table: new ListenerTable(scope, "Facts", { partition: "fact", sort: "placementId" }),
      tableActions: ["dynamodb:PutItem"],
      readsOrders: false,
      given,
    });
    return (delivery) => new LambdaFunction(count.wokenByRule(), delivery);
  },
};
