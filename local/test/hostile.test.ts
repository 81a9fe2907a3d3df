import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AssemblyRefused } from "../src/assembly/refused.ts";
import { inOrder } from "../src/choices.ts";
import { VirtualClock } from "../src/clock.ts";
import { openCloud } from "../src/cloud.ts";
import { UnknownFeature } from "../src/errors.ts";
import { EventPattern } from "../src/events/pattern/event-pattern.ts";
import { FlatEvent } from "../src/events/pattern/flat-event.ts";
import { actionPattern, arnPattern, resourcePattern, textPattern } from "../src/iam/wildcard.ts";
import { compileWildcard } from "../src/states/data/wildcard.ts";
import { smallCloud } from "./events/small-cloud.ts";
import { threadMs } from "./thread-ms.ts";

/** Milliseconds of computing that one hostile input may take. */
const limitMs = 100;

function timed<Result>(run: () => Result): Result {
  const startMs = threadMs();
  const result = run();
  expect(threadMs() - startMs).toBeLessThan(limitMs);
  return result;
}

const nested = (levels: number, open = '{"a":', inner = "1", close = "}") =>
  open.repeat(levels) + inner + close.repeat(levels);

const lines = (...each: object[]) => new FlatEvent({ lines: each, z: "yes" });
const entry = (Detail: string) => ({ Entries: [{ Source: "orders", DetailType: "OrderCreated", Detail }] });
const manifest = (artifacts: unknown) => JSON.stringify({ version: "1", artifacts });

describe("a pattern with many stars is matched in a time that grows with its length", () => {
  const stars = "a*".repeat(200);
  const text = "a".repeat(5_000);
  test.each([
    ["of an action", actionPattern(`${stars}b`)],
    ["of a text in a condition", textPattern(`${stars}?b`)],
    ["of StringMatches", compileWildcard(`${stars}b`)],
  ])("%s", (_, matches) => {
    expect(timed(() => matches(text))).toBe(false);
  });

  test("of an ARN in a condition, and of a resource", () => {
    const arn = "arn:aws:sqs:eu-west-2:1:";
    expect(timed(() => arnPattern(`${arn}${stars}b`)(arn + text))).toBe(false);
    expect(timed(() => resourcePattern(`${arn}${"a*".repeat(100)}b:x`)(arn + "a".repeat(2_000)))).toBe(false);
  });

  test("and as before where it is short", () => {
    const within = resourcePattern("arn:aws:*:eu-*-2:1:q*z");
    expect(within("arn:aws:sqs:eu-west-2:1:quiz")).toBe(true);
    expect(within("arn:aws:sqs:eu-west:-2:1:quiz")).toBe(false);
    expect(within("arn:aws:a:b:eu-west-2:1:quiz")).toBe(true);
    expect(within("arn:aws::eu--2:1:qz")).toBe(true);
    expect(within("arn:aws:sqs:eu-west-2:1:q:z")).toBe(false);
    expect(textPattern("a?c*")("abcd")).toBe(true);
    expect(textPattern("a?c*")("ac")).toBe(false);
    expect(compileWildcard(String.raw`a\*b\\*`)(String.raw`a*b\cd`)).toBe(true);
    expect(compileWildcard(String.raw`a\*b`)("axb")).toBe(false);
  });
});

describe("an event pattern", () => {
  const names = "abcdefghij".split("");
  const fields = Object.fromEntries(names.map((name) => [name, { x: [{ exists: true }] }]));
  const never = { ...fields, z: ["never"] };
  const many = (value: unknown) => Object.fromEntries(names.map((name) => [name, Array(50).fill(value)]));

  test("over many arrays of objects does not try every choice of their elements", () => {
    const pattern = new EventPattern(JSON.stringify(never));
    expect(timed(() => pattern.matches(new FlatEvent({ ...many({ x: 1 }), z: "no" })))).toBe(false);
    expect(timed(() => pattern.matches(new FlatEvent({ ...many({ x: 1 }), z: "never" })))).toBe(true);
  });

  test("over many arrays of plain values neither", () => {
    const plain = Object.fromEntries(names.map((name) => [name, [{ exists: true }]]));
    const pattern = new EventPattern(JSON.stringify({ ...plain, z: ["never"] }));
    expect(timed(() => pattern.matches(new FlatEvent({ ...many(1), z: "no" })))).toBe(false);
  });

  test("still holds two fields of one element together", () => {
    const pattern = new EventPattern('{"lines": {"sku": ["b"], "quantity": [2]}, "z": ["yes"]}');
    expect(pattern.matches(lines({ sku: "a", quantity: 2 }, { sku: "b", quantity: 1 }))).toBe(false);
    expect(pattern.matches(lines({ sku: "b", quantity: 1 }, { sku: "b", quantity: 2 }))).toBe(true);
  });

  test("with more combinations of $or than AWS allows is refused by name", () => {
    const or = { $or: [{ a: ["1"] }, { b: ["1"] }] };
    const text = `{${Array.from({ length: 30 }, () => JSON.stringify(or).slice(1, -1)).join(",")}}`;
    expect(() => timed(() => new EventPattern(text))).toThrow("more than 1000 combinations");
  });

  test.each([1_000, 10_000])("nested %i levels deep is refused by name", (levels) => {
    expect(() => new EventPattern(nested(levels, '{"a":', '["x"]'))).toThrow(UnknownFeature);
  });
});

describe("an event", () => {
  test.each([1_000, 10_000])("nested %i levels deep is refused by name", (levels) => {
    expect(() => smallCloud().call("PutEvents", entry(nested(levels)))).toThrow("JSON nested deeper than 500 levels");
  });

  test("whose texts hold brackets is not nested", () => {
    const Detail = JSON.stringify({ text: `"\\${"[".repeat(2_000)}` });
    expect(smallCloud().call("PutEvents", entry(Detail))).toMatchObject({ FailedEntryCount: 0 });
  });

  test("keeps a key __proto__ on its way to a target", async () => {
    const cloud = smallCloud();
    cloud.rule({ source: ["orders"], detail: { ["__proto__"]: { paid: [true] } } }, { InputPath: "$.detail" });
    cloud.call("PutEvents", entry('{"__proto__": {"paid": true}, "constructor": 1}'));
    await cloud.clock.run();
    expect(JSON.stringify(cloud.functions.invocations.map(({ payload }) => payload))).toBe(
      '[{"__proto__":{"paid":true},"constructor":1}]',
    );
  });
});

test.each([Infinity, NaN, -1])("a delay of %d ms is refused, since time could not go on", (delayMs) => {
  expect(() => new VirtualClock(inOrder, 0).schedule(delayMs, () => {})).toThrow(RangeError);
});

test.each(["constructor", "__proto__", "toString"])("an attribute %s is not one of a queue", (name) => {
  const { sqs, queue } = smallCloud();
  const { url } = queue("q");
  const operator = {
    principal: { kind: "operator" },
    trace: { correlationId: undefined, causationId: undefined },
  } as const;
  expect(() => sqs.call("GetQueueAttributes", { QueueUrl: url, AttributeNames: [name] }, operator)).toThrow(
    `Unknown Attribute ${name}.`,
  );
});

describe("a cloud assembly is refused with the region and the reason", () => {
  const stack = { type: "aws:cloudformation:stack", properties: { templateFile: "t.json" } };
  const template = (Resources: unknown) => ({
    "manifest.json": manifest({ S: stack }),
    "t.json": JSON.stringify({ Resources }),
  });
  const queue = (properties: unknown) => template({ Q: { Type: "AWS::SQS::Queue", Properties: properties } });

  test.each<[string, Record<string, string>, string]>([
    ["that is empty", {}, "manifest.json"],
    ["whose manifest is no JSON", { "manifest.json": "{" }, "JSON"],
    ["whose manifest is a list", { "manifest.json": "[]" }, "manifest.json"],
    ["whose manifest is nested deep", { "manifest.json": nested(10_000) }, "nested deeper"],
    ["whose artifacts are a text", { "manifest.json": manifest("x") }, "artifacts"],
    [
      "whose stack names no template",
      { "manifest.json": manifest({ S: { ...stack, properties: {} } }) },
      "templateFile",
    ],
    ["whose template is not there", { "manifest.json": manifest({ S: stack }) }, "t.json"],
    ["whose template is cut short", { "manifest.json": manifest({ S: stack }), "t.json": '{"Resou' }, "t.json"],
    ["whose template is null", { "manifest.json": manifest({ S: stack }), "t.json": "null" }, "the template"],
    ["whose template is nested deep", { "manifest.json": manifest({ S: stack }), "t.json": nested(10_000) }, "nested"],
    ["whose resource is null", template({ Q: null }), "Q"],
    ["whose resource has no type", template({ Q: {} }), "Q"],
    ["whose resource is of the type __proto__", template({ Q: { Type: "__proto__" } }), "resource type __proto__"],
    ["that calls Fn::constructor", queue({ QueueName: { "Fn::constructor": [] } }), "Fn::constructor"],
    ["that refers to __proto__", queue({ QueueName: { Ref: "__proto__" } }), "__proto__"],
    ["that refers to constructor", queue({ QueueName: { Ref: "constructor" } }), "constructor"],
    [
      "that looks up constructor in a mapping",
      queue({ QueueName: { "Fn::FindInMap": ["constructor", "a", "b"] } }),
      "map",
    ],
    ["that joins nothing", queue({ QueueName: { "Fn::Join": null } }), "Fn::Join"],
    ["that selects the element Infinity", queue({ QueueName: { "Fn::Select": ["Infinity", ["a"]] } }), "Fn::Select"],
    ["that substitutes a list", queue({ QueueName: { "Fn::Sub": ["${a}", ["b"]] } }), "unresolved"],
    ["with a property __proto__", queue(JSON.parse('{"__proto__": {"a": 1}}')), "__proto__"],
  ])("%s", async (_, files, reason) => {
    const folder = mkdtempSync(join(tmpdir(), "assembly-"));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const refusal: unknown = await openCloud({ assemblies: [folder] }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AssemblyRefused);
    expect((refusal as Error).message).toContain(reason);
  });
});
