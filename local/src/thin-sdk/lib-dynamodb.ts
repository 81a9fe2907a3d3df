// What a handler finds as @aws-sdk/lib-dynamodb.
import { documentCommand } from "./command.ts";

export { ThinDocumentClient as DynamoDBDocumentClient } from "./document-client.ts";

const values = {};
const condition = { ExpressionAttributeValues: values };
const metrics = { ItemCollectionKey: values };
const written = { Attributes: values, ItemCollectionMetrics: metrics };

export const GetCommand = documentCommand("GetItem", { Key: values }, { Item: values });
export const PutCommand = documentCommand("PutItem", { Item: values, ...condition }, written);
export const UpdateCommand = documentCommand("UpdateItem", { Key: values, ...condition }, written);
export const DeleteCommand = documentCommand("DeleteItem", { Key: values, ...condition }, written);
export const QueryCommand = documentCommand(
  "Query",
  { ExclusiveStartKey: values, ...condition },
  { Items: { "*": values }, LastEvaluatedKey: values },
);
export const TransactWriteCommand = documentCommand(
  "TransactWriteItems",
  {
    TransactItems: {
      "*": {
        ConditionCheck: { Key: values, ...condition },
        Put: { Item: values, ...condition },
        Delete: { Key: values, ...condition },
        Update: { Key: values, ...condition },
      },
    },
  },
  { ItemCollectionMetrics: { "*": { "*": metrics } } },
);
