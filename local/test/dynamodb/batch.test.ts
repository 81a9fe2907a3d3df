import { beforeEach, describe, expect, it } from "vitest";
import { n, openDynamoDb, ordersTable, refusal, s } from "./fixture.ts";

const put = (id: string, more: Record<string, unknown> = {}) => ({ PutRequest: { Item: { id: s(id), ...more } } });

const remove = (id: string) => ({ DeleteRequest: { Key: { id: s(id) } } });

describe("a batch", () => {
  let cloud: ReturnType<typeof openDynamoDb>;
  const write = (requests: unknown[]) => cloud.call("BatchWriteItem", { RequestItems: { orders: requests } });

  beforeEach(() => {
    cloud = openDynamoDb();
    cloud.create(ordersTable);
  });

  it("puts and deletes", () => {
    expect(write([put("a"), put("b")])).toEqual({ UnprocessedItems: {} });
    write([remove("a"), put("c")]);
    expect(cloud.call("Scan", { TableName: "orders" }).Count).toBe(2);
  });

  it("gets the items that exist", () => {
    write([put("a", { quantity: n(1) }), put("b", { quantity: n(2) })]);
    const Keys = ["a", "x", "b"].map((id) => ({ id: s(id) }));
    expect(
      cloud.call("BatchGetItem", { RequestItems: { orders: { Keys, ProjectionExpression: "quantity" } } }),
    ).toEqual({
      Responses: { orders: [{ quantity: n(1) }, { quantity: n(2) }] },
      UnprocessedKeys: {},
    });
  });

  it("leaves keys for another call once the answer has 16 MB", () => {
    const ids = Array.from({ length: 42 }, (_, index) => `order-${index}`);
    for (const id of ids)
      cloud.call("PutItem", { TableName: "orders", Item: { id: s(id), blob: s("x".repeat(400_000)) } });
    const answer = cloud.call("BatchGetItem", { RequestItems: { orders: { Keys: ids.map((id) => ({ id: s(id) })) } } });
    expect(answer).toMatchObject({ UnprocessedKeys: { orders: { Keys: [{ id: s("order-41") }] } } });
  });

  it("refuses duplicates and too many requests", () => {
    expect(refusal(() => write([put("a"), remove("a")])).message).toBe(
      "Provided list of item keys contains duplicates",
    );
    const many = Array.from({ length: 26 }, (_, index) => put(`order-${index}`));
    const tooMany = refusal(() => write(many)).message;
    expect(tooMany).toMatch(/^1 validation error detected: Value '\{orders=\[.+\]\}' at 'requestItems' failed/u);
    expect(tooMany).toContain(
      "failed to satisfy constraint: Map value must satisfy constraint: " +
        "[Member must have length less than or equal to 25, Member must have length greater than or equal to 1]",
    );
    const Keys = Array.from({ length: 101 }, (_, index) => ({ id: s(`order-${index}`) }));
    expect(refusal(() => cloud.call("BatchGetItem", { RequestItems: { orders: { Keys } } })).message).toBe(
      "1 validation error detected: Value at 'RequestItems.orders.member.Keys' failed to satisfy constraint: " +
        "Member must have length less than or equal to 100",
    );
    for (const operation of ["BatchGetItem", "BatchWriteItem"]) {
      expect(refusal(() => cloud.call(operation, { RequestItems: {} })).message).toBe(
        `The requestItems parameter is required for ${operation}`,
      );
    }
    expect(cloud.call("Scan", { TableName: "orders" }).Count).toBe(0);
  });
});
