import { describe, expect, it } from "vitest";
import { n, openDynamoDb, ordersTable, s } from "./fixture.ts";

const kilobytes = (count: number) => s("x".repeat(count * 1024 - 100));

function openWith(...ids: string[]) {
  const cloud = openDynamoDb();
  cloud.create({
    ...ordersTable,
    AttributeDefinitions: [...ordersTable.AttributeDefinitions, { AttributeName: "open", AttributeType: "S" }],
    GlobalSecondaryIndexes: [
      {
        IndexName: "byOpen",
        KeySchema: [{ AttributeName: "open", KeyType: "HASH" }],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ],
  });
  for (const id of ids) cloud.call("PutItem", { TableName: "orders", Item: { id: s(id), big: kilobytes(9) } });
  return cloud;
}

describe("the capacity units of a call", () => {
  const Key = { id: s("o-1") };
  const onItem = { TableName: "orders", Key };

  it("are one for each 4 KB read, half of that unless the read is strongly consistent", () => {
    const cloud = openWith("o-1");
    expect(cloud.units("GetItem", { ...onItem, ConsistentRead: true })).toEqual({ read: 3, write: 0 });
    expect(cloud.units("GetItem", onItem)).toEqual({ read: 1.5, write: 0 });
    expect(cloud.units("GetItem", { TableName: "orders", Key: { id: s("nothing") } })).toEqual({ read: 0.5, write: 0 });
    expect(cloud.units("Scan", { TableName: "orders" })).toEqual({ read: 1.5, write: 0 });
  });

  it("are one for each KB of the larger of the item before and after a write", () => {
    const cloud = openWith("o-1");
    expect(cloud.units("PutItem", { TableName: "orders", Item: { id: s("o-2") } })).toEqual({ read: 0, write: 1 });
    expect(cloud.units("PutItem", { TableName: "orders", Item: Key })).toEqual({ read: 0, write: 9 });
    expect(cloud.units("DeleteItem", onItem)).toEqual({ read: 0, write: 1 });
  });

  it("are taken by each secondary index that a write changes", () => {
    const cloud = openWith();
    const put = (more: object) => cloud.units("PutItem", { TableName: "orders", Item: { ...Key, ...more } }).write;
    expect(put({})).toBe(1);
    expect(put({ open: s("yes") })).toBe(2);
    expect(put({ open: s("yes"), total: n(1) })).toBe(1);
    expect(put({ open: s("later") })).toBe(3);
    expect(put({})).toBe(2);
  });

  it("are taken by a write whose condition does not hold, which leaves the indexes alone", () => {
    const cloud = openWith("o-1");
    const ConditionExpression = "attribute_not_exists(id)";
    const small = { ...Key, open: s("yes") };
    const put = (Item: object) => cloud.units("PutItem", { TableName: "orders", Item, ConditionExpression });
    expect(put(small)).toEqual({ read: 0, write: 9 });
    expect(put({ ...Key, big: kilobytes(12) })).toEqual({ read: 0, write: 12 });
    expect(cloud.units("DeleteItem", { ...onItem, ConditionExpression })).toEqual({ read: 0, write: 9 });
  });

  it("are twice as many in a transaction, done or cancelled", () => {
    const cloud = openWith("o-1");
    const check = (condition: string) => ({ ConditionCheck: { ...onItem, ConditionExpression: condition } });
    const put = { Put: { TableName: "orders", Item: { id: s("o-2") } } };
    const transact = (...TransactItems: object[]) => cloud.units("TransactWriteItems", { TransactItems });
    expect(transact(put, check("attribute_exists(id)"))).toEqual({ read: 0, write: 20 });
    expect(transact(put, check("attribute_not_exists(id)"))).toEqual({ read: 0, write: 20 });
    expect(cloud.units("TransactGetItems", { TransactItems: [{ Get: onItem }] })).toEqual({ read: 6, write: 0 });
  });

  it("of an index are the same in a transaction as outside of one", () => {
    const cloud = openWith();
    const Put = { TableName: "orders", Item: { ...Key, open: s("yes") } };
    expect(cloud.units("TransactWriteItems", { TransactItems: [{ Put }] })).toEqual({ read: 0, write: 2 + 1 });
  });

  it("are none for what AWS does not carry out", () => {
    const cloud = openWith("o-1");
    expect(cloud.units("PutItem", { TableName: "orders", Item: {} })).toEqual({ read: 0, write: 0 });
    expect(cloud.units("GetItem", { ...onItem, TableName: "nowhere" })).toEqual({ read: 0, write: 0 });
    expect(cloud.units("DescribeTable", { TableName: "orders" })).toEqual({ read: 0, write: 0 });
  });
});
