import { beforeEach, describe, expect, it } from "vitest";
import { n, openDynamoDb, ordersTable, refusal, s } from "./fixture.ts";

const ids = (answer: Readonly<Record<string, unknown>>) =>
  (answer.Items as { id: { S: string } }[]).map((item) => item.id.S);

describe("a secondary index", () => {
  let cloud: ReturnType<typeof openDynamoDb>;
  const put = (id: string, attributes: Record<string, unknown>) =>
    cloud.call("PutItem", { TableName: "orders", Item: { id: s(id), ...attributes } });
  const byStatus = (status: string, more: Record<string, unknown> = {}) =>
    cloud.call("Query", {
      TableName: "orders",
      IndexName: "byStatus",
      KeyConditionExpression: "#s = :s",
      ExpressionAttributeNames: { "#s": "status" },
      ExpressionAttributeValues: { ":s": s(status) },
      ...more,
    });

  beforeEach(() => {
    cloud = openDynamoDb();
    cloud.create({
      ...ordersTable,
      AttributeDefinitions: [
        { AttributeName: "id", AttributeType: "S" },
        { AttributeName: "status", AttributeType: "S" },
        { AttributeName: "at", AttributeType: "N" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "byStatus",
          KeySchema: [
            { AttributeName: "status", KeyType: "HASH" },
            { AttributeName: "at", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["total"] },
        },
      ],
    });
  });

  it("holds the items that have its key, in its order and cut to its projection", () => {
    put("late", { status: s("PENDING"), at: n(20), total: n(1), note: s("not projected") });
    put("early", { status: s("PENDING"), at: n(3) });
    put("without", { status: s("PENDING") });
    expect(byStatus("PENDING").Items).toEqual([
      { id: s("early"), status: s("PENDING"), at: n(3) },
      { id: s("late"), status: s("PENDING"), at: n(20), total: n(1) },
    ]);
  });

  it("follows an item that changes its key", () => {
    put("o-1", { status: s("PENDING"), at: n(1) });
    put("o-1", { status: s("SHIPPED"), at: n(1) });
    expect(ids(byStatus("PENDING"))).toEqual([]);
    expect(ids(byStatus("SHIPPED"))).toEqual(["o-1"]);
    cloud.call("DeleteItem", { TableName: "orders", Key: { id: s("o-1") } });
    expect(ids(byStatus("SHIPPED"))).toEqual([]);
  });

  it("keeps items with equal keys apart, page by page", () => {
    for (const id of ["a", "b", "c"]) put(id, { status: s("PENDING"), at: n(1) });
    const found: string[] = [];
    let start: unknown;
    do {
      const page = byStatus("PENDING", { Limit: 1, ...(start !== undefined && { ExclusiveStartKey: start }) });
      found.push(...ids(page));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    expect(found.toSorted()).toEqual(["a", "b", "c"]);
  });

  it("is charged for beside the table", () => {
    expect(
      cloud.call("PutItem", {
        TableName: "orders",
        Item: { id: s("o-1"), status: s("PENDING"), at: n(1) },
        ReturnConsumedCapacity: "INDEXES",
      }),
    ).toEqual({
      ConsumedCapacity: {
        TableName: "orders",
        CapacityUnits: 2,
        Table: { CapacityUnits: 1 },
        GlobalSecondaryIndexes: { byStatus: { CapacityUnits: 1 } },
      },
    });
  });

  it("refuses what it cannot give", () => {
    expect(refusal(() => byStatus("PENDING", { ConsistentRead: true })).message).toBe(
      "Consistent reads are not supported on global secondary indexes",
    );
    expect(refusal(() => byStatus("PENDING", { ProjectionExpression: "note" })).message).toBe(
      "One or more parameter values were invalid: Global secondary index byStatus does not project [note]",
    );
    expect(refusal(() => put("o-1", { status: n(1), at: n(1) })).message).toBe(
      "One or more parameter values were invalid: " +
        "Type mismatch for Index Key status Expected: S Actual: N IndexName: byStatus",
    );
  });
});
