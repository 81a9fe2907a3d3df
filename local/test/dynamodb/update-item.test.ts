import { beforeEach, describe, expect, it } from "vitest";
import { n, openDynamoDb, ordersTable, refusal, s } from "./fixture.ts";

describe("an update", () => {
  let cloud: ReturnType<typeof openDynamoDb>;
  const key = { id: s("o-1") };
  const update = (UpdateExpression: string, values: Record<string, unknown> = {}, more: Record<string, unknown> = {}) =>
    cloud.call("UpdateItem", {
      TableName: "orders",
      Key: key,
      UpdateExpression,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
      ReturnValues: "ALL_NEW",
      ...more,
    }).Attributes;

  beforeEach(() => {
    cloud = openDynamoDb();
    cloud.create(ordersTable);
    cloud.call("PutItem", {
      TableName: "orders",
      Item: {
        ...key,
        stock: n(5),
        tags: { SS: ["a", "b"] },
        steps: { L: [n(0), n(1), n(2), n(3)] },
        doc: { M: { deep: { M: { x: n(1) } } } },
      },
    });
  });

  it("counts down, and starts from a default", () => {
    expect(
      update("SET stock = stock - :one, version = if_not_exists(version, :zero) + :one", {
        ":one": n(1),
        ":zero": n(0),
      }),
    ).toMatchObject({
      stock: n(4),
      version: n(1),
    });
  });

  it("reads every right side from the item as it was", () => {
    expect(update("SET stock = :nine, copied = stock", { ":nine": n(9) })).toMatchObject({ stock: n(9), copied: n(5) });
  });

  it("removes list elements by the index they had", () => {
    expect(update("REMOVE steps[0], steps[2]")).toMatchObject({ steps: { L: [n(1), n(3)] } });
  });

  it("appends what is set past the end of a list", () => {
    expect(update("SET steps[99] = :v", { ":v": n(4) })).toMatchObject({
      steps: { L: [n(0), n(1), n(2), n(3), n(4)] },
    });
    expect(update("SET steps = list_append(:v, steps)", { ":v": { L: [n(-1)] } })).toMatchObject({
      steps: { L: [n(-1), n(0), n(1), n(2), n(3), n(4)] },
    });
  });

  it("adds to numbers and sets, and takes from sets", () => {
    expect(update("ADD stock :two, tags :c, seen :c", { ":two": n(2), ":c": { SS: ["c"] } })).toMatchObject({
      stock: n(7),
      tags: { SS: ["a", "b", "c"] },
      seen: { SS: ["c"] },
    });
    expect(update("DELETE tags :all", { ":all": { SS: ["a", "b", "c"] } })).not.toHaveProperty("tags");
  });

  it("changes nested attributes and leaves images already given out as they were", () => {
    const before = cloud.call("GetItem", { TableName: "orders", Key: key }).Item;
    const copy = structuredClone(before);
    expect(update("SET doc.deep.y = :v REMOVE doc.deep.x", { ":v": n(2) })).toMatchObject({
      doc: { M: { deep: { M: { y: n(2) } } } },
    });
    expect(before).toEqual(copy);
  });

  it("creates the item where there is none", () => {
    const created = update("SET stock = :v", { ":v": n(1) }, { Key: { id: s("new") } });
    expect(created).toEqual({ id: s("new"), stock: n(1) });
  });

  it("returns what the caller asks for", () => {
    const values = { ":v": n(6) };
    expect(update("SET stock = :v", values, { ReturnValues: "UPDATED_OLD" })).toEqual({ stock: n(5) });
    expect(update("SET stock = :v, doc.deep.z = :v", values, { ReturnValues: "UPDATED_NEW" })).toEqual({
      stock: n(6),
      doc: { M: { deep: { M: { z: n(6) } } } },
    });
    expect(update("SET stock = :v", values, { ReturnValues: "NONE" })).toBeUndefined();
  });

  it.each([
    ["SET absent.a = :v", "The document path provided in the update expression is invalid for update"],
    ["SET a = absent, b = :v", "The provided expression refers to an attribute that does not exist in the item"],
    ["SET a = tags + :v", "An operand in the update expression has an incorrect data type"],
    [
      "SET id = :v",
      "One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key",
    ],
    [
      "SET doc = :v, doc.deep = :v",
      "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of " +
        "these paths; path one: [doc], path two: [doc, deep]",
    ],
    [
      "SET a = :v SET b = :v",
      'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
    ],
    ["SET status = :v", "Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status"],
    ["SET a = nope(:v)", "Invalid UpdateExpression: Invalid function name; function: nope"],
    ["SET a = ", 'Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "="'],
    ["SET a b = :v", 'Invalid UpdateExpression: Syntax error; token: "b", near: "a b ="'],
    ["", "Invalid UpdateExpression: The expression can not be empty;"],
    [
      "SET a = :unknown",
      "Invalid UpdateExpression: An expression attribute value used in expression is not defined; attribute " +
        "value: :unknown",
    ],
    ["REMOVE a", "Value provided in ExpressionAttributeValues unused in expressions: keys: {:v}"],
  ])("refuses %s", (expression, message) => {
    expect(refusal(() => update(expression, { ":v": n(1) }))).toMatchObject({ code: "ValidationException", message });
  });

  it("charges a kilobyte at a time for the larger of both images", () => {
    const input = { TableName: "orders", Key: key, UpdateExpression: "SET note = :v", ReturnConsumedCapacity: "TOTAL" };
    expect(cloud.call("UpdateItem", { ...input, ExpressionAttributeValues: { ":v": s("x".repeat(2000)) } })).toEqual({
      ConsumedCapacity: { TableName: "orders", CapacityUnits: 3 },
    });
    expect(cloud.call("UpdateItem", { ...input, ExpressionAttributeValues: { ":v": s("x") } })).toEqual({
      ConsumedCapacity: { TableName: "orders", CapacityUnits: 3 },
    });
  });
});
