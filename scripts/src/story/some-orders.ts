import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "@ovsc/shared/aws";

/** Some of the orders that a table holds, for whoever mistyped one: the ids that one page of a scan has. */
export async function someOrders({ name, client }: Table): Promise<string[]> {
  const { Items = [] } = await client.send(
    new ScanCommand({
      TableName: name,
      FilterExpression: "sk = :order",
      ExpressionAttributeValues: { ":order": "ORDER" },
      ProjectionExpression: "orderId",
    }),
  );
  return (Items as { readonly orderId: string }[]).map(({ orderId }) => orderId);
}
