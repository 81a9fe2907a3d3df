import { beforeEach, describe, expect, it } from "vitest";
import { linesTable, n, openDynamoDb, refusal, s } from "./fixture.ts";

const numbers = (answer: Readonly<Record<string, unknown>>) =>
  (answer.Items as { line: { N: string } }[]).map((item) => item.line.N);

describe("a query", () => {
  let cloud: ReturnType<typeof openDynamoDb>;
  const line = (order: string, number: number | string, more: Record<string, unknown> = {}) =>
    cloud.call("PutItem", { TableName: "lines", Item: { order: s(order), line: n(number), ...more } });
  const query = (condition: string, values: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    cloud.call("Query", {
      TableName: "lines",
      KeyConditionExpression: condition,
      ExpressionAttributeNames: { "#o": "order" },
      ExpressionAttributeValues: values,
      ...more,
    });
  const one = { ":o": s("o-1") };

  beforeEach(() => {
    cloud = openDynamoDb();
    cloud.create(linesTable);
  });

  it("gives one partition in the order of its numbers", () => {
    for (const number of ["10", "9", "-1", "0.5", "1e2", "-20", "0", "0.05"]) line("o-1", number);
    line("o-2", 1);
    expect(numbers(query("#o = :o", one))).toEqual(["-20", "-1", "0", "0.05", "0.5", "9", "10", "100"]);
    expect(numbers(query("#o = :o", one, { ScanIndexForward: false }))).toEqual([
      "100",
      "10",
      "9",
      "0.5",
      "0.05",
      "0",
      "-1",
      "-20",
    ]);
  });

  it.each([
    ["line = :a", ["3"]],
    ["line < :a", ["1", "2"]],
    ["line <= :a", ["1", "2", "3"]],
    ["line > :a", ["4", "5"]],
    [":a > line", ["1", "2"]],
    ["line >= :a", ["3", "4", "5"]],
  ])("selects a range with %s", (sort, expected) => {
    for (let number = 1; number <= 5; number += 1) line("o-1", number);
    expect(numbers(query(`#o = :o AND ${sort}`, { ...one, ":a": n(3) }))).toEqual(expected);
  });

  it("selects between two values, both included", () => {
    for (let number = 1; number <= 5; number += 1) line("o-1", number);
    expect(numbers(query("#o = :o AND line BETWEEN :a AND :b", { ...one, ":a": n(2), ":b": n(4) }))).toEqual([
      "2",
      "3",
      "4",
    ]);
  });

  it("counts towards the limit what the filter drops, and goes on from there", () => {
    for (let number = 1; number <= 5; number += 1) line("o-1", number, { even: { BOOL: number % 2 === 0 } });
    const input = { FilterExpression: "even = :yes", Limit: 3 };
    const values = { ...one, ":yes": { BOOL: true } };
    const first = query("#o = :o", values, input);
    expect(first).toMatchObject({ Count: 1, ScannedCount: 3, LastEvaluatedKey: { order: s("o-1"), line: n(3) } });
    const second = query("#o = :o", values, { ...input, ExclusiveStartKey: first.LastEvaluatedKey });
    expect(numbers(second)).toEqual(["4"]);
    expect(second).not.toHaveProperty("LastEvaluatedKey");
  });

  it("ends a page after one megabyte", () => {
    for (let number = 1; number <= 4; number += 1) line("o-1", number, { blob: s("x".repeat(390_000)) });
    const first = query("#o = :o", one);
    expect(numbers(first)).toEqual(["1", "2", "3"]);
    expect(numbers(query("#o = :o", one, { ExclusiveStartKey: first.LastEvaluatedKey }))).toEqual(["4"]);
  });

  it("counts without giving items", () => {
    line("o-1", 1);
    expect(query("#o = :o", one, { Select: "COUNT" })).toEqual({ Count: 1, ScannedCount: 1 });
  });

  it("sorts strings by their bytes in UTF-8", () => {
    cloud.create({
      ...linesTable,
      TableName: "words",
      AttributeDefinitions: [
        { AttributeName: "order", AttributeType: "S" },
        { AttributeName: "line", AttributeType: "S" },
      ],
    });
    const words = ["a", "a\0", "a\0b", "ab", "b", "é", "\uffee", "\u{1f600}"];
    for (const word of words.toReversed()) {
      cloud.call("PutItem", { TableName: "words", Item: { order: s("o-1"), line: s(word) } });
    }
    const found = query("#o = :o", one, { TableName: "words" }).Items as { line: { S: string } }[];
    expect(found.map((item) => item.line.S)).toEqual(words);
    const prefixed = query("#o = :o AND begins_with(line, :a)", { ...one, ":a": s("a") }, { TableName: "words" });
    expect(prefixed.Count).toBe(4);
    expect(query("#o = :o AND line = :a", { ...one, ":a": s("a") }, { TableName: "words" }).Count).toBe(1);
  });

  it.each([
    ["line = :o", "Query condition missed key schema element: order"],
    ["#o > :o", "Query key condition not supported"],
    ["#o = :o OR line = :o", "Invalid operator used in KeyConditionExpression: OR"],
    ["#o = :o AND elsewhere = :o", "Query condition missed key schema element: line"],
    [
      "#o = :o AND line = :o",
      "One or more parameter values were invalid: Condition parameter type does not match schema type",
    ],
  ])("refuses the key condition %s", (condition, message) => {
    const more = condition.includes("#o") ? {} : { ExpressionAttributeNames: undefined };
    expect(refusal(() => query(condition, one, more))).toMatchObject({ code: "ValidationException", message });
  });

  it("refuses a start outside its range", () => {
    expect(refusal(() => query("#o = :o", one, { ExclusiveStartKey: { order: s("o-2"), line: n(1) } })).message).toBe(
      "The provided starting key is outside query boundaries based on provided conditions",
    );
  });
});
