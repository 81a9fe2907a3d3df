import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { ListenerFunction } from "../../listener-function.ts";
import { ListenerTable } from "../../listener-table.ts";
import type { Listener } from "../../listener.ts";

/** Gives a customer points for what was shipped to him. */
export const listener: Listener = {
  hears: ["OrderShipped"],
  build(scope, given) {
    const credit = new ListenerFunction(scope, "Credit", {
      description: "Gives points for a shipped order",
      table: new ListenerTable(scope, "Points", { partition: "customerId", sort: "placementId" }),
      tableActions: ["dynamodb:PutItem"],
      readsOrders: true,
      given,
    });
    return (delivery) => new LambdaFunction(credit.wokenByRule(), delivery);
  },
};
