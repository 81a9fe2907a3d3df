// The entry of the bundle: keeps a fact and its time, to be counted.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { type FactEvent, factIn, hear } from "../../fact.ts";

const { TABLE_NAME } = process.env;
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = (event: FactEvent): Promise<void> => {
  const fact = factIn(event);
  return hear("Analytics", fact, async () => {
    const { event: name, orderId, placementId } = fact;
    const Item = { fact: name, placementId, orderId, at: event.time };
    await client.send(new PutCommand({ TableName: TABLE_NAME, Item }));
  });
};
