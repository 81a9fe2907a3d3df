import { describe, expect, test } from "vitest";
import { noTrace } from "../src/history.ts";
import { openServices } from "../src/open-services.ts";
import type { Caller } from "../src/service.ts";
import { services } from "../src/services.ts";
import { validInputs } from "./fuzz/valid-inputs.ts";

const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };
const queueUrl = "https://sqs.eu-west-2.amazonaws.com/000000000000/q";

/** The name and message of what a call is turned down with, or its answer. */
async function outcome(service: string, operation: string, input: object): Promise<unknown> {
  const { api, resourceTypes } = openServices(services);
  resourceTypes
    .get("AWS::SQS::Queue")!
    .create(resourceTypes.get("AWS::SQS::Queue")!.properties.parse({ QueueName: "q" }), {
      stackName: "s",
      logicalId: "q",
      asset: (key) => key,
    });
  return api(operator, service, operation, input as Readonly<Record<string, unknown>>).catch((error: unknown) => {
    const { name, code, message } = error as Error & { code?: string };
    return `${code ?? name}: ${message}`;
  });
}

const entry = { Source: "orders", DetailType: "OrderCreated", Detail: "{}" };

describe("an input that does not fit its shape", () => {
  test.each([
    ["PutEvents", { Entries: [{ ...entry, Time: "yesterday" }] }, "STRING_VALUE can not be converted to a Timestamp"],
    ["PutEvents", { Entries: [{ ...entry, Time: 1e300 }] }, "NUMBER_VALUE can not be converted to a Timestamp"],
    ["PutEvents", { Entries: [{ ...entry, Source: 7 }] }, "NUMBER_VALUE can not be converted to a String"],
    ["PutEvents", { Entries: [null] }, "NULL_VALUE can not be converted to a Structure"],
    ["PutEvents", { Entries: {} }, "Start of structure or map found where not expected."],
    ["PutRule", { Name: ["r"], EventPattern: "{}" }, "Start of list found where not expected"],
    ["StartReplay", { ReplayName: "r", Destination: "bus" }, "STRING_VALUE can not be converted to a Structure"],
  ])("events %s %j cannot be read: %s", async (operation, input, message) => {
    expect(await outcome("events", operation, input)).toBe(`SerializationException: ${message}`);
  });

  test.each([
    ["events", "PutEvents", {}, "Value null at 'entries' failed to satisfy constraint: Member must not be null"],
    ["events", "PutRule", { Name: null }, "Value null at 'name' failed to satisfy constraint: Member must not be null"],
    [
      "events",
      "PutRule",
      { Name: "a b" },
      "Value 'a b' at 'name' failed to satisfy constraint: " +
        "Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
    ],
    [
      "states",
      "ListExecutions",
      { stateMachineArn: "arn", maxResults: 1001 },
      "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    ],
  ])("%s %s %j breaks a constraint: %s", async (service, operation, input, message) => {
    expect(await outcome(service, operation, input)).toBe(
      `ValidationException: 1 validation error detected: ${message}`,
    );
  });

  test("is turned down for all its broken constraints at once", async () => {
    expect(await outcome("events", "PutTargets", { Rule: "", Targets: [] })).toBe(
      "ValidationException: 3 validation errors detected: " +
        "Value '' at 'rule' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
        "Value '' at 'rule' failed to satisfy constraint: " +
        "Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+; " +
        "Value '[]' at 'targets' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  });
});

test("a member that is null counts as absent", async () => {
  const input = { QueueUrl: queueUrl, MessageBody: null };
  expect(await outcome("sqs", "SendMessage", input)).toBe(
    "MissingParameter: The request must contain the parameter MessageBody.",
  );
  expect(await outcome("sqs", "ReceiveMessage", { QueueUrl: queueUrl, WaitTimeSeconds: null })).toEqual({});
});

test("a date as a text, which AWS reads in ways that no page tells, is refused by name", async () => {
  expect(await outcome("events", "PutEvents", { Entries: [{ ...entry, Time: "2026-01-01T00:00:00Z" }] })).toBe(
    "UnknownFeature: the embedded cloud does not know a timestamp that is a text (at events PutEvents, " +
      "entries.1.member.time)",
  );
});

test("a member that the cloud does not carry out is refused by name, wherever it stands", async () => {
  expect(await outcome("events", "PutEvents", { Entries: [{ ...entry, TraceHeader: "Root=1" }] })).toBe(
    "UnknownFeature: the embedded cloud does not know the parameter TraceHeader (at events PutEvents, " +
      "entries.1.member)",
  );
  expect(await outcome("lambda", "ListFunctions", { Marker: "m" })).toContain("the parameter Marker");
});

const operations = services.flatMap(({ name, actions }) => Object.keys(actions).map((each) => [name, each] as const));

test.each(operations)(
  "a parameter that nobody knows is refused in the same words: %s %s",
  async (service, operation) => {
    const input = { ...validInputs[service]![operation], Nonsense: 1 };
    expect(await outcome(service, operation, input)).toBe(
      `UnknownFeature: the embedded cloud does not know the parameter Nonsense (at ${service} ${operation})`,
    );
  },
);
