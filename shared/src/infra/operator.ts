import { CfnOutput } from "aws-cdk-lib";
import type { EventBus } from "aws-cdk-lib/aws-events";
import { AccountRootPrincipal, Role } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { EventName } from "../event.ts";
import { onOrders } from "./on-orders.ts";
import type { OrderTable } from "./order-table.ts";
import { sayOnBus } from "./say-on-bus.ts";

/**
 * Those who repair orders, and begin them anew. They read an order's row and ledgers, and move the row; how they then
 * say that it is time to look, the stack grants. The account's own policies say who may assume it.
 */
export class OperatorRole extends Role {
  constructor(scope: Construct, id: string, table: OrderTable) {
    super(scope, id, { assumedBy: new AccountRootPrincipal(), description: "Repairs orders, and begins them anew" });
    this.addToPolicy(onOrders(table, "dynamodb:GetItem", "dynamodb:UpdateItem"));
    new CfnOutput(scope, "OperatorRoleArn", { value: this.roleArn });
  }

  /** Lets operators say these facts on a bus, and nothing else. */
  maySay(bus: EventBus, ...facts: readonly EventName[]): void {
    sayOnBus(this, bus, ...facts);
  }
}
