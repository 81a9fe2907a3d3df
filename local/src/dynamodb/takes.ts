const names = ["ExpressionAttributeNames"];
const values = [...names, "ExpressionAttributeValues"];
const projection = ["ProjectionExpression", ...names];

/** What Query and Scan both take. */
const source = ["TableName", "IndexName", "Select", "Limit", "ConsistentRead", "ExclusiveStartKey"];
const page = [...source, "FilterExpression", "ProjectionExpression", ...values, "ReturnConsumedCapacity"];

/** What a write takes in a transaction, and alone. */
const write = ["TableName", "ConditionExpression", ...values, "ReturnValuesOnConditionCheckFailure"];
const alone = ["ReturnValues", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics"];

/** The members that are carried out of operations which have legacy parameters too, by the door's paths. */
export const takes: Readonly<Record<string, readonly string[]>> = {
  GetItem: ["TableName", "Key", ...projection, "ConsistentRead", "ReturnConsumedCapacity"],
  PutItem: [...write, ...alone, "Item"],
  UpdateItem: [...write, ...alone, "Key", "UpdateExpression"],
  DeleteItem: [...write, ...alone, "Key"],
  Query: [...page, "KeyConditionExpression", "ScanIndexForward"],
  Scan: [...page, "Segment", "TotalSegments"],
  BatchGetItem: [
    ...["Keys", "ConsistentRead", ...projection].map((member) => `RequestItems.${member}`),
    "ReturnConsumedCapacity",
  ],
};
