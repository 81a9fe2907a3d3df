import { beforeEach, describe, expect, it } from "vitest";
import { n, openDynamoDb, ordersTable, refusal, s } from "./fixture.ts";

describe("an item", () => {
  let cloud: ReturnType<typeof openDynamoDb>;
  const put = (attributes: Record<string, unknown>) =>
    cloud.call("PutItem", { TableName: "orders", Item: { id: s("o-1"), ...attributes } });
  const get = (more: Record<string, unknown> = {}) =>
    cloud.call("GetItem", { TableName: "orders", Key: { id: s("o-1") }, ...more }).Item as Record<string, unknown>;

  beforeEach(() => {
    cloud = openDynamoDb();
    cloud.create(ordersTable);
  });

  it.each([
    ["1.0", "1"],
    ["-0", "0"],
    ["007", "7"],
    ["1e3", "1000"],
    ["1.5E-3", "0.0015"],
    ["-12.3400", "-12.34"],
    ["99999999999999999999999999999999999999", "99999999999999999999999999999999999999"],
  ])("keeps the number %s as %s", (given, kept) => {
    put({ number: n(given) });
    expect(get().number).toEqual(n(kept));
  });

  it.each([
    ["1".repeat(39), "Attempting to store more than 38 significant digits in a Number"],
    ["1e126", "Number overflow. Attempting to store a number with magnitude larger than supported range"],
    ["1e-131", "Number underflow. Attempting to store a number with magnitude smaller than supported range"],
    ["ten", "The parameter cannot be converted to a numeric value: ten"],
    ["", "The parameter cannot be converted to a numeric value"],
  ])("refuses the number %s", (given, message) => {
    expect(refusal(() => put({ number: n(given) }))).toMatchObject({ code: "ValidationException", message });
  });

  it("adds numbers exactly", () => {
    put({ number: n("12345678901234567890.1") });
    cloud.call("UpdateItem", {
      TableName: "orders",
      Key: { id: s("o-1") },
      UpdateExpression: "SET #n = #n - :a",
      ExpressionAttributeNames: { "#n": "number" },
      ExpressionAttributeValues: { ":a": n("0.2") },
    });
    expect(get().number).toEqual(n("12345678901234567889.9"));
  });

  it("is at most 400 KB, names and values counted in UTF-8", () => {
    const room = 400 * 1024 - "id".length - "o-1".length - "é".length * 2;
    put({ é: s("x".repeat(room)) });
    expect(refusal(() => put({ é: s("x".repeat(room + 1)) })).message).toBe(
      "Item size has exceeded the maximum allowed size",
    );
    const growing = {
      TableName: "orders",
      Key: { id: s("o-1") },
      UpdateExpression: "SET more = :v",
      ExpressionAttributeValues: { ":v": s("x") },
    };
    expect(refusal(() => cloud.call("UpdateItem", growing)).message).toBe(
      "Item size to update has exceeded the maximum allowed size",
    );
  });

  it.each([
    [
      { id: s("") },
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an " +
        "empty string value. Key: id",
    ],
    [{ id: n(1) }, "One or more parameter values were invalid: Type mismatch for key id expected: S actual: N"],
    [
      { tags: { SS: ["a", "a"] } },
      "One or more parameter values were invalid: Input collection [a, a] contains duplicates.",
    ],
    [{ tags: { NS: ["1", "1.0"] } }, "Input collection contains duplicates"],
    [{ tags: { SS: [] } }, "One or more parameter values were invalid: An string set  may not be empty"],
    [{ any: {} }, "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"],
    [
      { any: { S: "a", N: "1" } },
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    ],
    [
      { any: { NULL: false } },
      "One or more parameter values were invalid: Null attribute value types must have the value of true",
    ],
  ])("refuses %j", (attributes, message) => {
    expect(refusal(() => put(attributes))).toMatchObject({ code: "ValidationException", message });
  });

  it("refuses a number that is not written as a string", () => {
    expect(refusal(() => put({ any: { N: 1 } }))).toMatchObject({
      code: "SerializationException",
      message: "NUMBER_VALUE cannot be converted to String",
    });
  });

  it("keeps empty strings and attributes with the names of object members", () => {
    put({ empty: s(""), constructor: s("a") });
    expect(get()).toEqual({ id: s("o-1"), empty: s(""), constructor: s("a") });
    expect(get({ ProjectionExpression: "toString" })).toEqual({});
  });

  it("is not touched by what the caller does to its request afterwards", () => {
    const attributes = { list: { L: [n(1)] } };
    put(attributes);
    attributes.list.L.push(n(2));
    expect(get().list).toEqual({ L: [n(1)] });
  });

  it("is projected to the paths asked for, list elements closed up", () => {
    put({
      list: { L: [n(0), { M: { a: n(1), b: n(2) } }, n(3)] },
      map: { M: { x: n(1), y: n(2) } },
      note: s("kept back"),
    });
    expect(
      get({
        ProjectionExpression: "#l[2], #l[1].b, #m.y, absent",
        ExpressionAttributeNames: { "#l": "list", "#m": "map" },
      }),
    ).toEqual({
      list: { L: [{ M: { b: n(2) } }, n(3)] },
      map: { M: { y: n(2) } },
    });
  });

  it("needs its whole key to be read", () => {
    expect(refusal(() => get({ Key: { other: s("a") } })).message).toBe(
      "The provided key element does not match the schema",
    );
    expect(refusal(() => cloud.call("GetItem", { TableName: "orders" })).message).toBe(
      "1 validation error detected: Value null at 'key' failed to satisfy constraint: Member must not be null",
    );
    expect(refusal(() => get({ TableName: "nowhere" }))).toMatchObject({
      code: "ResourceNotFoundException",
      message: "Requested resource not found",
    });
    expect(refusal(() => get({ TableName: "/orders" })).message).toBe(
      "1 validation error detected: Value '/orders' at 'tableName' failed to satisfy constraint: " +
        "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    );
  });

  it.each([
    ["UpdateItem", { AttributeUpdates: {} }, "the parameter AttributeUpdates"],
    ["PutItem", { Item: { id: s("a") }, Expected: {} }, "the parameter Expected"],
    ["ExecuteStatement", { Statement: "SELECT 1" }, "the operation ExecuteStatement"],
    ["CreateGlobalTable", {}, "the operation CreateGlobalTable"],
    ["PutItem", { Item: { id: s("a") }, ReturnItemCollectionMetrics: "SIZE" }, "ReturnItemCollectionMetrics SIZE"],
  ])("refuses by name what the cloud does not know: %s %j", (operation, input, feature) => {
    expect(refusal(() => cloud.call(operation, { TableName: "orders", ...input }))).toMatchObject({
      name: "UnknownFeature",
      feature,
    });
  });
});
