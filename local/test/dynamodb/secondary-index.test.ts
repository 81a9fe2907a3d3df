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

const attribute = (AttributeName: string, AttributeType = "S") => ({ AttributeName, AttributeType });

function openWithOrders() {
  const cloud = openDynamoDb();
  cloud.create({
    ...ordersTable,
    AttributeDefinitions: [attribute("id"), attribute("open"), attribute("due", "N")],
    GlobalSecondaryIndexes: [
      {
        IndexName: "byDue",
        KeySchema: [
          { AttributeName: "open", KeyType: "HASH" },
          { AttributeName: "due", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["status"] },
      },
    ],
  });
  const put = (id: string, more: object) =>
    cloud.call("PutItem", { TableName: "orders", Item: { id: s(id), status: s("PENDING"), amount: n(1), ...more } });
  put("late", { open: s("yes"), due: n(300) });
  put("early", { open: s("yes"), due: n(20) });
  put("negative", { open: s("yes"), due: n(-5) });
  put("closed", { due: n(10) });
  put("undated", { open: s("yes") });
  put("elsewhere", { open: s("no"), due: n(10) });
  return cloud;
}

describe("a sparse index of open orders by due time", () => {
  const index = { TableName: "orders", IndexName: "byDue" };

  type Page = { Items: { id: { S: string } }[]; LastEvaluatedKey?: Record<string, unknown> };
  const query = (cloud: ReturnType<typeof openDynamoDb>, more: Record<string, unknown> = {}) =>
    cloud.call("Query", {
      ...index,
      KeyConditionExpression: "#open = :yes AND due <= :now",
      ExpressionAttributeNames: { "#open": "open" },
      ExpressionAttributeValues: { ":yes": s("yes"), ":now": n(100) },
      ...more,
    }) as unknown as Page;

  it("finds those that are due, the most overdue first, with what it projects", () => {
    expect(query(openWithOrders()).Items).toEqual([
      { id: s("negative"), open: s("yes"), due: n(-5), status: s("PENDING") },
      { id: s("early"), open: s("yes"), due: n(20), status: s("PENDING") },
    ]);
  });

  it("is read page by page in either direction, by a key of the index and the table", () => {
    const cloud = openWithOrders();
    const first = query(cloud, { Limit: 1, ScanIndexForward: false });
    expect(first).toMatchObject({
      Items: [{ id: s("early") }],
      LastEvaluatedKey: { id: s("early"), open: s("yes"), due: n(20) },
    });
    const next = query(cloud, { ScanIndexForward: false, ExclusiveStartKey: first.LastEvaluatedKey });
    expect(next.Items.map(({ id }) => id.S)).toEqual(["negative"]);
    expect(next.LastEvaluatedKey).toBeUndefined();
  });

  it("loses an order that is closed, and gets it back when it is opened again", () => {
    const cloud = openWithOrders();
    const update = (UpdateExpression: string, ExpressionAttributeValues?: object) =>
      cloud.call("UpdateItem", {
        TableName: "orders",
        Key: { id: s("early") },
        UpdateExpression,
        ExpressionAttributeNames: { "#open": "open" },
        ...(ExpressionAttributeValues && { ExpressionAttributeValues }),
      });
    const due = () => query(cloud).Items.map(({ id }) => id.S);
    update("REMOVE #open");
    expect(due()).toEqual(["negative"]);
    update("SET #open = :yes, due = :due", { ":yes": s("yes"), ":due": n(-6) });
    expect(due()).toEqual(["early", "negative"]);
    cloud.call("DeleteItem", { TableName: "orders", Key: { id: s("early") } });
    expect(due()).toEqual(["negative"]);
  });

  it("is not read beyond what it projects, nor consistently", () => {
    const cloud = openWithOrders();
    expect(refusal(() => query(cloud, { ProjectionExpression: "amount" })).message).toContain(
      "does not project [amount]",
    );
    expect(refusal(() => query(cloud, { ConsistentRead: true })).message).toBe(
      "Consistent reads are not supported on global secondary indexes",
    );
  });
});
