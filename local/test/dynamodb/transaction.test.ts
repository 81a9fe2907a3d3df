import { beforeEach, describe, expect, it } from "vitest";
import { n, openDynamoDb, ordersTable, refusal, s } from "./fixture.ts";

const put = (id: string, more: Record<string, unknown> = {}) => ({
  Put: { TableName: "orders", Item: { id: s(id), quantity: n(1) }, ...more },
});

const add = (id: string, more: Record<string, unknown> = {}) => ({
  Update: {
    TableName: "orders",
    Key: { id: s(id) },
    UpdateExpression: "ADD quantity :one",
    ExpressionAttributeValues: { ":one": n(1) },
    ...more,
  },
});

describe("a transaction", () => {
  let cloud: ReturnType<typeof openDynamoDb>;
  const transact = (TransactItems: readonly unknown[], more: Record<string, unknown> = {}) =>
    cloud.call("TransactWriteItems", { TransactItems, ...more });
  const quantityOf = (id: string) => cloud.call("GetItem", { TableName: "orders", Key: { id: s(id) } }).Item;
  const count = () => cloud.call("Scan", { TableName: "orders", Select: "COUNT" }).Count;
  const onlyNew = { ConditionExpression: "attribute_not_exists(id)" };

  beforeEach(() => {
    cloud = openDynamoDb();
    cloud.create(ordersTable);
  });

  it("does all of its writes", () => {
    cloud.call("PutItem", { TableName: "orders", Item: { id: s("gone") } });
    transact([
      put("a", onlyNew),
      add("b"),
      { Delete: { TableName: "orders", Key: { id: s("gone") } } },
      { ConditionCheck: { TableName: "orders", Key: { id: s("free") }, ...onlyNew } },
    ]);
    expect(quantityOf("a")).toEqual({ id: s("a"), quantity: n(1) });
    expect(quantityOf("b")).toEqual({ id: s("b"), quantity: n(1) });
    expect(count()).toBe(2);
  });

  it("does none of them if one condition fails, and says which", () => {
    cloud.call("PutItem", { TableName: "orders", Item: { id: s("taken"), quantity: n(3) } });
    cloud.happenings.length = 0;
    const cancelled = refusal(() =>
      transact([put("a"), put("taken", { ...onlyNew, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }), add("b")]),
    );
    expect(cancelled).toMatchObject({
      code: "TransactionCanceledException",
      message:
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, " +
        "ConditionalCheckFailed, None]",
    });
    expect(cancelled.members).toEqual({
      CancellationReasons: [
        { Code: "None" },
        {
          Code: "ConditionalCheckFailed",
          Message: "The conditional request failed",
          Item: { id: s("taken"), quantity: n(3) },
        },
        { Code: "None" },
      ],
    });
    expect(count()).toBe(1);
    expect(cloud.happenings).toEqual([]);
  });

  it("is cancelled by an update that does not fit the item", () => {
    cloud.call("PutItem", { TableName: "orders", Item: { id: s("odd"), quantity: s("many") } });
    const cancelled = refusal(() => transact([put("a"), add("odd")]));
    expect(cancelled.members).toEqual({
      CancellationReasons: [
        { Code: "None" },
        { Code: "ValidationError", Message: "An operand in the update expression has an incorrect data type" },
      ],
    });
    expect(count()).toBe(1);
  });

  it("may touch an item only once", () => {
    expect(refusal(() => transact([put("a"), add("a")]))).toMatchObject({
      code: "ValidationException",
      message: "Transaction request cannot include multiple operations on one item",
    });
  });

  it("takes effect once under one token, for ten minutes", async () => {
    const token = { ClientRequestToken: "token-1" };
    transact([add("a")], token);
    transact([add("a")], token);
    expect(quantityOf("a")).toMatchObject({ quantity: n(1) });
    expect(refusal(() => transact([add("b")], token)).code).toBe("IdempotentParameterMismatchException");

    cloud.clock.schedule(10 * 60_000, () => transact([add("a")], token));
    await cloud.clock.run();
    expect(quantityOf("a")).toMatchObject({ quantity: n(2) });
  });

  it("leaves the token free when it is cancelled", () => {
    cloud.call("PutItem", { TableName: "orders", Item: { id: s("a") } });
    const request = [[put("a", onlyNew)], { ClientRequestToken: "token-1" }] as const;
    expect(refusal(() => transact(...request)).code).toBe("TransactionCanceledException");
    cloud.call("DeleteItem", { TableName: "orders", Key: { id: s("a") } });
    transact(...request);
    expect(count()).toBe(1);
  });

  it("takes a hundred actions and 4 MB", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => put(`order-${index}`));
    transact(hundred);
    expect(refusal(() => transact([...hundred, put("one-more")])).code).toBe("ValidationException");
    const blob = s("x".repeat(399_000));
    const large = Array.from({ length: 11 }, (_, index) => ({
      Put: { TableName: "orders", Item: { id: s(`large-${index}`), blob } },
    }));
    expect(refusal(() => transact(large)).code).toBe("ValidationException");
    expect(count()).toBe(100);
  });

  it("needs a table that exists", () => {
    expect(refusal(() => transact([put("a"), put("b", { TableName: "nowhere" })])).code).toBe(
      "ResourceNotFoundException",
    );
    expect(count()).toBe(0);
  });

  it("costs twice a plain write", () => {
    expect(transact([put("a"), put("b")], { ReturnConsumedCapacity: "TOTAL" })).toEqual({
      ConsumedCapacity: [{ TableName: "orders", CapacityUnits: 4, WriteCapacityUnits: 4 }],
    });
  });

  it("reads an item only once", () => {
    const Get = { TableName: "orders", Key: { id: s("a") } };
    const { code, message } = refusal(() => cloud.call("TransactGetItems", { TransactItems: [{ Get }, { Get }] }));
    expect([code, message]).toEqual([
      "ValidationException",
      "Transaction request cannot include multiple operations on one item",
    ]);
  });

  it("reads several items as of one moment", () => {
    transact([put("a"), put("b")]);
    const TransactItems = [
      { Get: { TableName: "orders", Key: { id: s("a") } } },
      { Get: { TableName: "orders", Key: { id: s("x") } } },
      { Get: { TableName: "orders", Key: { id: s("b") }, ProjectionExpression: "quantity" } },
    ];
    expect(cloud.call("TransactGetItems", { TransactItems })).toEqual({
      Responses: [{ Item: { id: s("a"), quantity: n(1) } }, {}, { Item: { quantity: n(1) } }],
    });
  });
});
