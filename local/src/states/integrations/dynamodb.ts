import type { JsonObject } from "../data/json.ts";
import { byName, jsonHeaders, optimizedError, withSdkMetadata } from "./integration.ts";
import type { Integration, ServiceResource } from "./integration.ts";
import type { TaskIntegrations } from "./task-integrations.ts";

const error = optimizedError("DynamoDB", "AmazonDynamoDBv2", "AmazonDynamoDBException", {
  ...byName(
    "ConditionalCheckFailedException",
    "ProvisionedThroughputExceededException",
    "ResourceNotFoundException",
    "ItemCollectionSizeLimitExceededException",
    "TransactionConflictException",
    "ReplicatedWriteConflictException",
  ),
  RequestLimitExceeded: "RequestLimitExceededException",
  InternalServerError: "InternalServerErrorException",
});

const common = ["TableName", "ExpressionAttributeNames", "ReturnConsumedCapacity"];
const writing = [
  ...common,
  "ConditionExpression",
  "ExpressionAttributeValues",
  "ReturnItemCollectionMetrics",
  "ReturnValues",
  "ReturnValuesOnConditionCheckFailure",
];

const patterns: readonly ServiceResource["pattern"][] = ["requestResponse"];

const integration = (operation: string, parameters: readonly string[]): readonly [Integration, typeof patterns] => [
  {
    parameters,
    service: "dynamodb",
    operation,
    input: ({ input }) => input as JsonObject,
    output: (answer, context) =>
      withSdkMetadata(answer as JsonObject, jsonHeaders(answer, { checksum: true }), context),
    error,
  },
  patterns,
];

/**
 * The optimized integrations of DynamoDB.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html
 */
export const dynamodbIntegrations: NonNullable<TaskIntegrations["optimized"]> = {
  getItem: integration("GetItem", [...common, "Key", "ConsistentRead", "ProjectionExpression"]),
  putItem: integration("PutItem", [...writing, "Item"]),
  updateItem: integration("UpdateItem", [...writing, "Key", "UpdateExpression"]),
  deleteItem: integration("DeleteItem", [...writing, "Key"]),
};
