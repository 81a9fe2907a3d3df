import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { OrderTable } from "./order-table.ts";

/**
 * Allows actions on the items of orders, and on no document or stock. IAM knows an item by its first key: it cannot
 * tell an order's row from the ledgers beside it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html (2026-11-21)
 */
export const onOrders = (table: OrderTable, ...actions: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    actions: [...actions],
    resources: [table.tableArn],
    conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["ORDER#*"] } },
  });
