import { beforeAll, describe, expect, test } from "vitest";
import type { AwsFailure } from "../../src/faults/aws-failure.ts";
import type { AwsCall, AwsCallFault } from "../../src/faults/faults.ts";
import { bundled } from "../lambda/bundle.ts";
import { openLambda } from "../lambda/opened.ts";

const source = `
import { DynamoDBClient, TransactWriteItemsCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";

const table = new DynamoDBClient({});
const bus = new EventBridgeClient({});
const Key = { id: { S: "1" } };

const commands = {
  update: () => table.send(new UpdateItemCommand({ TableName: "orders", Key })),
  transact: () => table.send(new TransactWriteItemsCommand({
    TransactItems: [{ Put: { TableName: "orders", Item: Key } }, { Put: { TableName: "stock", Item: Key } }],
  })),
  publish: (types) => bus.send(new PutEventsCommand({
    Entries: types.map((DetailType) => ({ Source: "shop", DetailType, Detail: "{}" })),
  })),
};
export const handler = async ({ does, types }) => {
  try {
    return await commands[does](types);
  } catch (error) {
    return { name: error.name, reasons: error.CancellationReasons, attempts: error.$metadata?.attempts };
  }
};
`;

let bundle: string;
beforeAll(async () => {
  bundle = await bundled(source);
}, 30_000);

/** A function whose first calls, or all of them, are struck. */
function struck(fault: AwsCallFault, times = Infinity) {
  const calls: AwsCall[] = [];
  const opened = openLambda({
    answer: ({ input }) => {
      const entries = input["Entries"] as { DetailType: string }[] | undefined;
      return entries
        ? { FailedEntryCount: 0, Entries: entries.map(({ DetailType }) => ({ EventId: DetailType })) }
        : { Attributes: { id: { S: "1" } } };
    },
    faults: { onAwsCall: (call) => (calls.push(call) <= times ? fault : undefined) },
  });
  opened.create("", { codeFolder: bundle, timeoutSeconds: 30 });
  return { ...opened, calls, fired: () => opened.happened("Fault").map((happening) => happening.fault) };
}

test("a plan knows of each call what it may decide by", async () => {
  const { invoke, calls, clock } = struck({ fail: "InternalServerError" }, 1);
  const startMs = clock.nowMs;
  await invoke({ does: "update" });
  expect(calls[0]).toEqual({
    functionName: "handler",
    requestId: expect.any(String) as unknown,
    attempt: 1,
    service: "dynamodb",
    operation: "UpdateItem",
    input: { TableName: "orders", Key: { id: { S: "1" } } },
    indexInInvocation: 0,
    atMs: startMs,
    correlationId: "order-1",
  });
  expect(calls[1]).toMatchObject({ indexInInvocation: 1, correlationId: "order-1" });
});

function onAwsCall(): never {
  throw new Error("no plan");
}

test("a plan that throws ends the run", async () => {
  const { create, invoke } = openLambda({ faults: { onAwsCall } });
  create("", { codeFolder: bundle });
  await expect(invoke({ does: "update" })).rejects.toThrow("no plan");
});

describe("a failure before the effect", () => {
  const retried: [AwsFailure, string][] = [
    ["InternalServerError", "update"],
    ["ProvisionedThroughputExceededException", "update"],
    ["ThrottlingException", "update"],
    ["RequestLimitExceeded", "update"],
    ["ServiceUnavailable", "update"],
    ["InternalFailure", "publish"],
    ["InternalException", "publish"],
    ["ThrottlingException", "publish"],
  ];
  test.each(retried)("%s of %s goes away when the SDK tries again", async (fail, does) => {
    const { invoke, reached, fired } = struck({ fail }, 1);
    expect((await invoke({ does, types: ["A"] })).Payload).not.toHaveProperty("name");
    expect(fired()).toEqual([`fail ${fail}`]);
    expect(reached).toHaveLength(1);
  });

  test.each(retried)("%s of %s reaches the handler by its name when it lasts", async (fail, does) => {
    const { invoke, reached, fired } = struck({ fail });
    const { Payload } = await invoke({ does, types: ["A"] });
    expect(Payload).toMatchObject({ name: fail });
    expect(fired()).toHaveLength((Payload as { attempts: number }).attempts);
    expect(fired().length).toBeGreaterThan(2);
    expect(reached).toEqual([]);
  });

  test("TransactionCanceledException is told with the reason of each item, and not tried again", async () => {
    const { invoke, fired } = struck({ fail: "TransactionCanceledException" });
    expect((await invoke({ does: "transact" })).Payload).toMatchObject({
      name: "TransactionCanceledException",
      reasons: [{ Code: "TransactionConflict" }, { Code: "None" }],
    });
    expect(fired()).toHaveLength(1);
  });

  test("ends the run where the service never answers so", async () => {
    const { invoke } = struck({ fail: "InternalException" });
    await expect(invoke({ does: "update" })).rejects.toThrow("dynamodb UpdateItem does not answer InternalException");
  });
});

test("a slow answer takes its virtual time, and the effect none", async () => {
  const { invoke, reached, happened, fired } = struck({ answerAfterMs: 5_000 });
  expect((await invoke({ does: "update" })).FunctionError).toBeUndefined();
  expect(reached.map(({ atMs }) => atMs)).toEqual([0]);
  expect(happened("InvocationEnded").map(({ atMs }) => atMs)).toEqual([5_000]);
  expect(fired()).toEqual(["answerAfterMs 5000"]);
});

test("a call without an answer keeps its function until it times out, and takes no effect", async () => {
  const { invoke, reached, happened, fired } = struck("never answer");
  await invoke({ does: "update" });
  expect(happened("InvocationEnded")).toMatchObject([{ atMs: 30_000, error: "Sandbox.Timedout" }]);
  expect(reached).toEqual([]);
  expect(fired()).toEqual(["never answer"]);
});

describe("an effect that arrives late", () => {
  test("comes after its caller was told of an error", async () => {
    const { invoke, reached, happened, fired } = struck(
      { effectAfterMs: 120_000, answer: "TransactionCanceledException" },
      1,
    );
    expect((await invoke({ does: "transact" })).Payload).toMatchObject({ name: "TransactionCanceledException" });
    expect(happened("InvocationEnded").map(({ atMs }) => atMs)).toEqual([0]);
    expect(reached.map(({ atMs, operation }) => [atMs, operation])).toEqual([[120_000, "TransactWriteItems"]]);
    expect(fired()).toEqual(["effectAfterMs 120000, answer TransactionCanceledException"]);
  });

  test("comes after its caller timed out", async () => {
    const { invoke, reached, happened } = struck({ effectAfterMs: 45_000, answer: "never answer" });
    await invoke({ does: "update" });
    expect(happened("InvocationEnded")).toMatchObject([{ atMs: 30_000, error: "Sandbox.Timedout" }]);
    expect(reached.map(({ atMs }) => atMs)).toEqual([45_000]);
  });

  test("comes after the second call, which the broken connection made the SDK send", async () => {
    const { invoke, reached } = struck({ effectAfterMs: 60_000, answer: "lose answer" }, 1);
    expect((await invoke({ does: "update" })).FunctionError).toBeUndefined();
    expect(reached).toHaveLength(2);
    expect(reached[1]!.atMs).toBe(60_000);
  });
});

describe("PutEvents", () => {
  test("refuses some entries and puts the others", async () => {
    const { invoke, reached, fired } = struck({ refusedEntries: [1] });
    const { Payload } = await invoke({ does: "publish", types: ["A", "B", "C"] });
    expect(Payload).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ EventId: "A" }, { ErrorCode: "InternalFailure" }, { EventId: "C" }],
    });
    expect(reached.map(({ input }) => input["Entries"])).toMatchObject([[{ DetailType: "A" }, { DetailType: "C" }]]);
    expect(fired()).toEqual(["refusedEntries 1"]);
  });

  test("refuses all of them, and answers 200 all the same", async () => {
    const { invoke, reached } = struck({ refusedEntries: "all" });
    const { Payload, FunctionError } = await invoke({ does: "publish", types: ["A"] });
    expect(FunctionError).toBeUndefined();
    expect(Payload).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode: "InternalFailure" }] });
    expect(reached).toEqual([]);
  });
});
