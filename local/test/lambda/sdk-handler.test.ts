import { beforeAll, expect, test } from "vitest";
import type { Choices } from "../../src/choices.ts";
import { AwsError, UnknownFeature } from "../../src/errors.ts";
import type { AwsCallFault } from "../../src/faults/faults.ts";
import { bundled } from "./bundle.ts";
import { openLambda } from "./opened.ts";

const source = `
import {
  ConditionalCheckFailedException, DynamoDBClient, TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const bus = new EventBridgeClient({});
const TableName = "orders";

export const handler = async ({ does, id = "1" }) => {
  if (does === "update") {
    const increment = { UpdateExpression: "ADD n :one", ExpressionAttributeValues: { ":one": 1 } };
    const { Attributes } = await table.send(
      new UpdateCommand({ TableName, Key: { id }, ...increment, ReturnValues: "ALL_NEW" }));
    return Attributes;
  }
  if (does === "put") {
    const error = await table.send(new PutCommand({ TableName, Item: { id } })).catch((error) => error);
    return [error instanceof ConditionalCheckFailedException, error.name, error.message, error.Item];
  }
  if (does === "transact") {
    const TransactItems = [{ Put: { TableName, Item: { id } } }];
    const error = await table.send(new TransactWriteCommand({ TransactItems })).catch((error) => error);
    return [error instanceof TransactionCanceledException, error.CancellationReasons];
  }
  const entry = { Source: "s", DetailType: "d", Detail: JSON.stringify({ id }) };
  const { Entries } = await bus.send(new PutEventsCommand({ Entries: [entry] }));
  return Entries;
};
`;

let bundle: string;
beforeAll(async () => {
  bundle = await bundled(source);
}, 30_000);

const open = (options: Parameters<typeof openLambda>[0] = {}) => {
  const opened = openLambda(options);
  opened.create("", { codeFolder: bundle });
  return opened;
};

test("the SDK in a bundle reaches the other services and reads their answers", async () => {
  const { invoke, reached, clock } = open({
    answer: ({ service }) =>
      service === "dynamodb"
        ? { Attributes: { id: { S: "1" }, n: { N: "7" } } }
        : { FailedEntryCount: 0, Entries: [{ EventId: "e-1" }] },
  });
  const startedMs = clock.nowMs;
  expect((await invoke({ does: "update" })).Payload).toEqual({ id: "1", n: 7 });
  expect((await invoke({ does: "publish" })).Payload).toEqual([{ EventId: "e-1" }]);
  expect(reached.map(({ service, operation }) => `${service} ${operation}`)).toEqual([
    "dynamodb UpdateItem",
    "events PutEvents",
  ]);
  expect(reached[0]!.input).toEqual({
    TableName: "orders",
    Key: { id: { S: "1" } },
    UpdateExpression: "ADD n :one",
    ExpressionAttributeValues: { ":one": { N: "1" } },
    ReturnValues: "ALL_NEW",
  });
  expect(clock.nowMs).toBe(startedMs);
});

test("the SDK throws its typed exceptions, with their members", async () => {
  const { invoke } = open({
    answer: ({ operation }) => {
      if (operation === "PutItem") {
        throw new AwsError("ConditionalCheckFailedException", "The conditional request failed", 400, {
          Item: { id: { S: "1" } },
        });
      }
      throw new AwsError("TransactionCanceledException", "cancelled", 400, {
        CancellationReasons: [{ Code: "ConditionalCheckFailed", Message: "The conditional request failed" }],
      });
    },
  });
  expect((await invoke({ does: "put" })).Payload).toEqual([
    true,
    "ConditionalCheckFailedException",
    "The conditional request failed",
    { id: { S: "1" } },
  ]);
  expect((await invoke({ does: "transact" })).Payload).toEqual([
    true,
    [{ Code: "ConditionalCheckFailed", Message: "The conditional request failed" }],
  ]);
});

test("what the cloud does not know ends the run by name, even where the handler would go on", async () => {
  const { invoke, reached } = open({
    answer: () => {
      throw new UnknownFeature("LegacyCondition", "PutItem");
    },
  });
  await expect(invoke({ does: "put" })).rejects.toThrow(UnknownFeature);
  expect(reached).toHaveLength(1);
});

test("the SDK retries a throttled call in virtual time", async () => {
  let left = 2;
  const { invoke, reached, clock } = open({
    answer: () => {
      if (left-- > 0) throw new AwsError("ThrottlingException", "slow down", 400);
      return {};
    },
  });
  const startedMs = clock.nowMs;
  expect((await invoke({ does: "update" })).FunctionError).toBeUndefined();
  expect(reached).toHaveLength(3);
  expect(clock.nowMs).toBeGreaterThan(startedMs);
});

/** The ids of two concurrent updates, in the order in which they reached the table. */
async function order(choices: Choices): Promise<string[]> {
  const { send, clock, reached } = open({ choices, answer: () => ({ Attributes: {} }) });
  send({ does: "update", id: "a" });
  send({ does: "update", id: "b" });
  await clock.run();
  return reached.map(({ input }) => (input["Key"] as { id: { S: string } }).id.S);
}

test("concurrent handlers take turns at their calls, in an order that the choices change", async () => {
  expect(await order({ choose: () => 0 })).toEqual(["a", "b"]);
  const decisions = [1];
  expect(await order({ choose: () => decisions.shift() ?? 0 })).toEqual(["b", "a"]);
});

const faulty = (fault: AwsCallFault) => {
  let injected = 0;
  return open({
    answer: () => ({ Attributes: {} }),
    faults: { onAwsCall: () => (injected++ === 0 ? fault : undefined) },
  });
};

test.each([
  ["crash before", 1],
  ["crash after", 2],
] as const)("a %s the call ends the environment, and the retry runs in a new one", async (fault, effects) => {
  const { send, clock, reached, happened } = faulty(fault);
  send({ does: "update" });
  await clock.run();
  expect(happened("Fault")).toMatchObject([{ fault, where: "handler, dynamodb UpdateItem" }]);
  expect(happened("InvocationEnded").map(({ error }) => error)).toEqual(["Runtime.ExitError", undefined]);
  expect(reached).toHaveLength(effects);
});

test("a lost answer makes the SDK send the call a second time", async () => {
  const { invoke, reached, happened } = faulty("lose answer");
  expect((await invoke({ does: "update" })).FunctionError).toBeUndefined();
  expect(reached).toHaveLength(2);
  expect(happened("Fault")).toHaveLength(1);
});
