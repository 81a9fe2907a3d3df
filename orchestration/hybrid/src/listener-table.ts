import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";

/** A listener's own table. Its two keys make a fact that comes twice the same row. It goes when its stack goes. */
export class ListenerTable extends Table {
  constructor(scope: Construct, id: string, keys: { readonly partition: string; readonly sort: string }) {
    super(scope, id, {
      partitionKey: { name: keys.partition, type: AttributeType.STRING },
      sortKey: { name: keys.sort, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
