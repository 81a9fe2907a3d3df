import { beforeEach, describe, expect, it } from "vitest";
import { n, openDynamoDb, ordersTable, refusal, s } from "./fixture.ts";

describe("a write with a condition", () => {
  let cloud: ReturnType<typeof openDynamoDb>;
  const key = { id: s("o-1") };
  const order = { ...key, status: s("PENDING"), quantity: n(2) };
  const put = (input: Record<string, unknown>) => cloud.call("PutItem", { TableName: "orders", ...input });
  const update = (input: Record<string, unknown>) =>
    cloud.call("UpdateItem", { TableName: "orders", Key: key, ...input });
  const stored = () => cloud.call("GetItem", { TableName: "orders", Key: key }).Item;

  beforeEach(() => {
    cloud = openDynamoDb();
    cloud.create(ordersTable);
  });

  it("creates an item only once", () => {
    put({ Item: order, ConditionExpression: "attribute_not_exists(id)" });
    const again = refusal(() =>
      put({ Item: { ...order, status: s("SHIPPED") }, ConditionExpression: "attribute_not_exists(id)" }),
    );
    expect(again).toMatchObject({
      code: "ConditionalCheckFailedException",
      message: "The conditional request failed",
      members: {},
    });
    expect(stored()).toEqual(order);
  });

  it("shows the item that failed the condition to whoever asks for it", () => {
    put({ Item: order });
    const failed = refusal(() =>
      update({
        UpdateExpression: "SET #status = :reserved",
        ConditionExpression: "#status = :reserved",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":reserved": s("RESERVED") },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    );
    expect(failed.members).toEqual({ Item: order });
  });

  it("shows nothing for an item that does not exist", () => {
    const failed = refusal(() =>
      cloud.call("DeleteItem", {
        TableName: "orders",
        Key: key,
        ConditionExpression: "attribute_exists(id)",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    );
    expect(failed.members).toEqual({});
  });

  it.each([
    ["quantity > :one", true],
    ["quantity >= :ten", false],
    ["quantity BETWEEN :one AND :ten", true],
    ["quantity IN (:one, :ten)", false],
    ["NOT quantity = :one AND quantity < :ten", true],
    ["quantity = :one OR absent <> :ten", true],
    ["absent = :one OR absent < :ten", false],
    ["(quantity = :one OR quantity < :ten) AND attribute_exists(id)", true],
    ["size(id) > :one AND quantity < :ten", true],
  ])("decides %s", (condition, holds) => {
    put({ Item: order });
    const attempt = () =>
      cloud.call("DeleteItem", {
        TableName: "orders",
        Key: key,
        ConditionExpression: condition,
        ExpressionAttributeValues: {
          ...(condition.includes(":one") && { ":one": n(1) }),
          ...(condition.includes(":ten") && { ":ten": n(10) }),
        },
      });
    if (holds) expect(attempt()).toEqual({});
    else expect(refusal(attempt).code).toBe("ConditionalCheckFailedException");
  });

  it.each([
    ["contains(tags, :a)", s("gift")],
    ["contains(notes, :a)", s("ring twice")],
    ["begins_with(id, :a)", s("o-")],
    ["attribute_type(notes, :a)", s("L")],
    ["address.printed[1] = :a", s("Dublin")],
    ["tags = :a", { SS: ["fragile", "gift"] }],
    ["address = :a", { M: { printed: { L: [s("1 Main Street"), s("Dublin")] } } }],
  ])("looks into documents and sets with %s", (condition, value) => {
    const address = { M: { printed: { L: [s("1 Main Street"), s("Dublin")] } } };
    put({ Item: { ...order, tags: { SS: ["gift", "fragile"] }, notes: { L: [s("ring twice")] }, address } });
    const input = {
      TableName: "orders",
      Key: key,
      ConditionExpression: condition,
      ExpressionAttributeValues: { ":a": value },
    };
    expect(cloud.call("DeleteItem", input)).toEqual({});
  });

  it("records each change with the keys, the new item and who caused it", () => {
    put({ Item: order });
    cloud.call("DeleteItem", { TableName: "orders", Key: key });
    cloud.call("DeleteItem", { TableName: "orders", Key: key });
    expect(cloud.happenings).toMatchObject([
      { type: "ItemChanged", table: "orders", keys: key, newImage: order },
      { type: "ItemChanged", table: "orders", keys: key, newImage: undefined },
    ]);
    expect(cloud.happenings).toHaveLength(2);
  });
});
