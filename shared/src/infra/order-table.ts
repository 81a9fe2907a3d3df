import { RemovalPolicy } from "aws-cdk-lib";
import * as dynamodb from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { openIndex } from "../aws/table.ts";

/** The one table: orders, stock and the ledgers of the simulated services. It goes when its stack goes. */
export class OrderTable extends dynamodb.Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: { name: "pk", type: dynamodb.AttributeType.STRING },
      sortKey: { name: "sk", type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Sparse: it holds the orders that are under way or have something unsaid, and the placements not yet taken.
    this.addGlobalSecondaryIndex({
      indexName: openIndex,
      partitionKey: { name: "open", type: dynamodb.AttributeType.STRING },
      sortKey: { name: "since", type: dynamodb.AttributeType.STRING },
      projectionType: dynamodb.ProjectionType.KEYS_ONLY,
    });
  }
}
