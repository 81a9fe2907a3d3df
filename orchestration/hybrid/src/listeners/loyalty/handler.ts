// The entry of the bundle: gives points for a shipped order.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { askRow, Table } from "@ovsc/shared/aws";
import { type FactEvent, factIn, hear } from "../../fact.ts";

const { TABLE_NAME, ORDERS_TABLE_NAME } = process.env;
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const orders = new Table(ORDERS_TABLE_NAME!, client);

/** A point for each whole pound, euro, krone, … */
const centsAPoint = 100;

export const handler = (event: FactEvent): Promise<void> => {
  const fact = factIn(event);
  return hear("Loyalty", fact, async () => {
    const record = await askRow(orders, fact.orderId);
    if (!record) throw new Error(`order ${fact.orderId} is not in the table`);
    const { customerId, totalCents } = record.order;
    const Item = { customerId, placementId: fact.placementId, points: Math.floor(totalCents / centsAPoint) };
    await client.send(new PutCommand({ TableName: TABLE_NAME, Item }));
  });
};
