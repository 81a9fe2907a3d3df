// The entry of the bundle: tells one fact on one channel. The provider is simulated: what is in the table was sent.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { askRow, Table } from "@ovsc/shared/aws";
import { type Fact, hear } from "../../fact.ts";
import { type Channel, messages } from "./messages.ts";

interface Telling extends Fact {
  readonly event: keyof typeof messages;
  readonly channel: Channel;
}

const { TABLE_NAME, ORDERS_TABLE_NAME } = process.env;
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const orders = new Table(ORDERS_TABLE_NAME!, client);

export const handler = (telling: Telling): Promise<void> =>
  hear("Notification", telling, async () => {
    const { orderId, placementId, event, channel } = telling;
    const record = await askRow(orders, orderId);
    if (!record) throw new Error(`order ${orderId} is not in the table`);
    // The key is that of the request to the provider: told again, it is the same message.
    const Item = {
      placementId,
      message: `${event}#${channel}`,
      to: record.order.customerId,
      text: messages[event](record),
    };
    await client.send(new PutCommand({ TableName: TABLE_NAME, Item }));
  });
