import { AccountRootPrincipal, PolicyStatement, Role } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { OrderTable } from "./order-table.ts";

/**
 * Those who place orders. They write a placement's document and may then say so, as the stack grants; they read
 * nothing, and no order's row, ledger or stock is theirs to write. The account's own policies say who may assume it.
 *
 * Whoever knows a placement id could write under it, so it must be unguessable: IAM sees the key of a document, and not
 * who wrote it first. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 * (2026-11-21)
 */
export class ClientRole extends Role {
  constructor(scope: Construct, id: string, table: OrderTable) {
    super(scope, id, { assumedBy: new AccountRootPrincipal(), description: "Places orders, and moves none" });
    this.addToPolicy(
      new PolicyStatement({
        actions: ["dynamodb:PutItem"],
        resources: [table.tableArn],
        conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["PLACEMENT#*"] } },
      }),
    );
  }
}
