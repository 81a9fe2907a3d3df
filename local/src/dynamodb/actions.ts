import {
  eachOnNamed,
  nameIn,
  objectsIn,
  onEverything,
  type ActionTable,
  type Requirement,
  type Requires,
} from "../iam/action-table.ts";
import { tableArn } from "../iam/resource-names.ts";

/** Query and Scan are allowed on an index by the index's own ARN. */
const onTableOrIndex =
  (action: string): Requires =>
  (input, region) => {
    const table = nameIn(input, "TableName");
    if (table === undefined) return [];
    const index = nameIn(input, "IndexName");
    const arn = tableArn(table, region);
    return [{ action, resource: index === undefined ? arn : `${arn}/index/${index}`, part: input }];
  };

/** A batch names its tables as the keys of RequestItems. */
const onEachTable =
  (action: string): Requires =>
  (input, region) => {
    const items = input["RequestItems"];
    const tables = typeof items === "object" && items !== null ? Object.entries(items) : [];
    return tables.map(([name, part]) => ({ action, resource: tableArn(name, region), part }));
  };

/** The parts of a transaction, and the action each needs. */
const partActions: Readonly<Record<string, string>> = {
  ConditionCheck: "dynamodb:ConditionCheckItem",
  Delete: "dynamodb:DeleteItem",
  Get: "dynamodb:GetItem",
  Put: "dynamodb:PutItem",
  Update: "dynamodb:UpdateItem",
};

/**
 * A transaction needs the actions of its parts and none of its own.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
 */
const onEachPart: Requires = (input, region) =>
  objectsIn(input["TransactItems"]).flatMap((item) =>
    Object.entries(item).flatMap(([part, body]) => onPart(part, body, region)),
  );

function onPart(part: string, body: unknown, region: string): Requirement[] {
  const action = Object.hasOwn(partActions, part) ? partActions[part] : undefined;
  const [target] = objectsIn([body]);
  const table = target && nameIn(target, "TableName");
  return action === undefined || table === undefined
    ? []
    : [{ action, resource: tableArn(table, region), part: target }];
}

const onOneTable = ["DeleteItem", "DescribeTable", "DescribeTimeToLive", "GetItem", "PutItem", "UpdateItem"];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
export const dynamodbActions: ActionTable = {
  ...eachOnNamed("dynamodb", onOneTable, "TableName", tableArn),
  Query: onTableOrIndex("dynamodb:Query"),
  Scan: onTableOrIndex("dynamodb:Scan"),
  BatchGetItem: onEachTable("dynamodb:BatchGetItem"),
  BatchWriteItem: onEachTable("dynamodb:BatchWriteItem"),
  TransactGetItems: onEachPart,
  TransactWriteItems: onEachPart,
  ListTables: onEverything("dynamodb:ListTables"),
};
