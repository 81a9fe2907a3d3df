import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { Table } from "../src/aws/index.ts";

const body = (text: string) =>
  new ReadableStream({ start: (out) => (out.enqueue(new TextEncoder().encode(text)), out.close()) });

/** A DynamoDB that turns down so many transactions, each for this reason, and then takes one. */
function turningDown(times: number, Code: string) {
  const atMs: number[] = [];
  const conflict = {
    __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    message: `Transaction cancelled [${Code}]`,
    CancellationReasons: [{ Code }],
  };
  const handle = async () => {
    atMs.push(performance.now());
    const [statusCode, answer] = atMs.length > times ? [200, {}] : [400, conflict];
    return { response: { statusCode, headers: {}, body: body(JSON.stringify(answer)) } };
  };
  const client = new DynamoDBClient({
    region: "eu-west-2",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
    requestHandler: { handle },
  });
  return {
    table: new Table("orders", DynamoDBDocumentClient.from(client)),
    waits: () => atMs.slice(1).map((ms, index) => ms - atMs[index]!),
  };
}
const items = [{ Put: { TableName: "orders", Item: { pk: "STOCK#TEAPOT", sk: "STOCK" } } }];

describe("a transaction", () => {
  test("that meets another on its row waits, and twice as long each time", async () => {
    const { table, waits } = turningDown(2, "TransactionConflict");
    await table.transact(items);
    const [first, second] = waits();
    expect(first).toBeGreaterThanOrEqual(49);
    expect(second).toBeGreaterThanOrEqual(99);
  });

  test("gives up after five attempts", async () => {
    const { table, waits } = turningDown(9, "TransactionConflict");
    await expect(table.transact(items)).rejects.toThrow("TransactionConflict");
    expect(waits()).toHaveLength(4);
  });

  test("whose condition does not hold is not tried again", async () => {
    const { table, waits } = turningDown(1, "ConditionalCheckFailed");
    await expect(table.transact(items)).rejects.toThrow("ConditionalCheckFailed");
    expect(waits()).toEqual([]);
  });
});
