import type { Shape } from "../door/model.ts";

const unbounded = { min: 0, max: Infinity };

/** The name in a TableName, which may be the table's ARN. */
export const tableNameOf = (given: string): string =>
  given.startsWith("arn:") ? (/^arn:[^:]+:dynamodb:[^:]+:\d+:table\/(.+)$/u.exec(given)?.[1] ?? given) : given;

/** Where the answers of DynamoDB, as recorded, tell of shapes other than AWS publishes. */
export const corrections: Readonly<Record<string, Partial<Shape>>> = {
  TableArn: { min: 1, max: 255, pattern: "[a-zA-Z0-9_.-]+", part: (value) => tableNameOf(value as string) },
  // A batch that asks nothing, or too much, is turned down in words of its own.
  BatchGetItemInput: { required: [] },
  BatchWriteItemInput: { required: [] },
  BatchGetRequestMap: unbounded,
  BatchWriteItemRequestMap: unbounded,
  // So are names that are too long.
  AttributeName: unbounded,
  // Values in the order in which DynamoDB lists them.
  Select: { enum: ["SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"] },
  ReturnValue: { enum: ["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"] },
};
