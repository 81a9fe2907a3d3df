import { describe, expect, it } from "vitest";
import { linesTable, n, openDynamoDb, ordersTable, refusal, s } from "./fixture.ts";

describe("a table", () => {
  it("is named by its template, or after the stack and its logical id", () => {
    const cloud = openDynamoDb();
    const { TableName: _, ...unnamed } = ordersTable;
    expect(cloud.create(ordersTable, "Named")).toEqual({
      ref: "orders",
      attributes: { Arn: "arn:aws:dynamodb:eu-west-1:000000000000:table/orders" },
    });
    expect(cloud.create(unnamed).ref).toBe("Shop-Orders");
    expect(cloud.call("ListTables", {})).toEqual({ TableNames: ["Shop-Orders", "orders"] });
    expect(refusal(() => cloud.create(ordersTable)).code).toBe("ResourceInUseException");
  });

  it("describes itself", () => {
    const cloud = openDynamoDb();
    cloud.create({
      ...linesTable,
      BillingMode: undefined,
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
    });
    cloud.call("PutItem", { TableName: "lines", Item: { order: s("o-1"), line: n(1) } });
    expect(
      cloud.call("DescribeTable", { TableName: "arn:aws:dynamodb:eu-west-1:000000000000:table/lines" }),
    ).toMatchObject({
      Table: {
        TableName: "lines",
        TableStatus: "ACTIVE",
        ItemCount: 1,
        TableSizeBytes: 14,
        KeySchema: linesTable.KeySchema,
        AttributeDefinitions: linesTable.AttributeDefinitions,
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
      },
    });
    expect(refusal(() => cloud.call("DescribeTable", { TableName: "nowhere" })).message).toBe(
      "Requested resource not found: Table: nowhere not found",
    );
  });

  it.each([
    { StreamSpecification: { StreamViewType: "NEW_IMAGE" } },
    { ResourcePolicy: {} },
    { KinesisStreamSpecification: {} },
  ])("does not take %j", (property) => {
    const cloud = openDynamoDb();
    expect(() => cloud.create({ ...ordersTable, ...property })).toThrow(Object.keys(property)[0]);
  });

  it("does not take a key without a type, or a type without a key", () => {
    const cloud = openDynamoDb();
    expect(refusal(() => cloud.create({ ...ordersTable, AttributeDefinitions: [] })).code).toBe("ValidationException");
    const spare = [...ordersTable.AttributeDefinitions, { AttributeName: "spare", AttributeType: "S" }];
    expect(refusal(() => cloud.create({ ...ordersTable, AttributeDefinitions: spare })).code).toBe(
      "ValidationException",
    );
  });

  it("shows expired items for two days, then deletes them", async () => {
    const cloud = openDynamoDb();
    cloud.create({ ...ordersTable, TimeToLiveSpecification: { AttributeName: "expires", Enabled: true } });
    const inAnHour = n(cloud.clock.nowMs / 1000 + 3600);
    const put = (id: string, more: object) =>
      cloud.call("PutItem", { TableName: "orders", Item: { id: s(id), ...more } });
    put("short", { expires: inAnHour });
    put("short", { expires: inAnHour });
    put("extended", { expires: inAnHour });
    put("extended", { expires: n(cloud.clock.nowMs / 1000 + 7200) });
    put("forever", { expires: s("never") });
    const ids = () =>
      (cloud.call("Scan", { TableName: "orders" }).Items as { id: { S: string } }[])
        .map((item) => item.id.S)
        .toSorted();
    const seen: string[][] = [];
    for (const hours of [48, 49, 50]) cloud.clock.schedule(hours * 3_600_000, () => void seen.push(ids()));
    await cloud.clock.run();
    expect(seen).toEqual([["extended", "forever", "short"], ["extended", "forever"], ["forever"]]);
    expect(cloud.happenings.at(-1)).toMatchObject({
      type: "ItemChanged",
      keys: { id: s("extended") },
      newImage: undefined,
    });
    const deletions = cloud.happenings.filter((each) => each.type === "ItemChanged" && each.newImage === undefined);
    expect(deletions).toHaveLength(2);
    expect(cloud.call("DescribeTimeToLive", { TableName: "orders" })).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "expires" },
    });
  });
});
