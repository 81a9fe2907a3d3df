import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Operation } from "../../src/lambda/durable/operation.ts";
import { bundled } from "./bundle.ts";
import type { Asked } from "./durable-workflow.ts";
import { codeFolder, openLambda, operator } from "./opened.ts";

let workflow: string;
beforeAll(async () => {
  workflow = await bundled(readFileSync(new URL("./durable-workflow.ts", import.meta.url), "utf8"));
}, 60_000);

const target = {
  "shipper-succeeds": "exports.handler = async ({ orderId }) => ({ shipped: orderId });",
  "shipper-fails": "exports.handler = async () => { throw new RangeError('refused'); };",
};

interface Described {
  readonly Status: string;
  readonly Result?: string;
  readonly Error?: object;
}

/** A durable function with what it invokes, as a template creates them. */
function opened(codeOf = workflow, seconds = 86_400, properties: { deadLetterArn?: string } = {}) {
  const cloud = openLambda();
  const durable = { executionTimeoutMs: seconds * 1000, retentionPeriodDays: 1 };
  cloud.create({}, { functionName: "workflow", codeFolder: codeOf, durable, timeoutSeconds: 60, ...properties });
  for (const [functionName, source] of Object.entries(target)) cloud.create(source, { functionName });
  const call = (operation: string, input: object) => cloud.lambda.call(operation, { ...input }, operator);
  const start = (payload: unknown, DurableExecutionName = "order-1"): string => {
    const input = { FunctionName: "workflow:$LATEST", InvocationType: "Event", DurableExecutionName };
    const output = call("Invoke", { ...input, Payload: JSON.stringify(payload) });
    return (output as { DurableExecutionArn: string }).DurableExecutionArn;
  };
  const describeExecution = (DurableExecutionArn: string) =>
    call("GetDurableExecution", { DurableExecutionArn }) as Described;
  /** All operations of an execution but its own. */
  const operations = (arn: string) => cloud.lambda.durable.find(arn).operations.slice(1);
  return { ...cloud, call, start, describeExecution, operations };
}

const asked: readonly Asked[] = [
  { failures: 0, target: "succeeds" },
  { failures: 2, target: "fails" },
  { failures: 3, target: "succeeds" },
];

describe("a durable function has the operations and the result of AWS's own test runner", () => {
  let known: readonly { status: string; result: unknown; operations: readonly Operation[] }[];
  beforeAll(() => {
    const oracle = new URL("./durable-oracle.ts", import.meta.url).pathname;
    const printed = execFileSync(process.execPath, [oracle, JSON.stringify(asked)], { encoding: "utf8" });
    known = JSON.parse(printed) as typeof known;
  }, 60_000);

  for (const [index, each] of asked.entries()) {
    test(`where a step fails ${each.failures} times and what it invokes ${each.target}`, async () => {
      const cloud = opened();
      const arn = cloud.start(each);
      await cloud.clock.run();
      const { Status, Result } = cloud.describeExecution(arn);
      const { status, result, operations } = known[index]!;
      expect([Status, JSON.parse(Result!)]).toEqual([status, result]);
      expect(cloud.operations(arn).map(shape)).toEqual(operations.map(shape));
    });
  }
});

/** What two clouds must agree on of an operation: ids are the SDK's, times are not. */
const shape = ({
  Id,
  ParentId,
  Name,
  Type,
  SubType,
  Status,
  StepDetails,
  ChainedInvokeDetails,
}: Operation): object => ({
  Id,
  ParentId,
  Name,
  Type,
  SubType,
  Status,
  attempt: StepDetails?.Attempt,
  result: StepDetails?.Result ?? ChainedInvokeDetails?.Result,
  message: (StepDetails?.Error ?? ChainedInvokeDetails?.Error)?.ErrorMessage,
});

describe("the time of a durable execution", () => {
  test("is that of its retries and waits, in which no function runs", async () => {
    const cloud = opened();
    cloud.start({ failures: 2, target: "succeeds" });
    await cloud.clock.run();
    const seen = cloud.happened("DurableEvent").map(({ atMs, event, name }) => [atMs / 1000, event, name].join(" "));
    expect(seen).toEqual([
      "0 ExecutionStarted ",
      "0 StepStarted charge",
      "0 StepFailed charge",
      "60 StepStarted charge",
      "60 StepFailed charge",
      "180 StepStarted charge",
      "180 StepSucceeded charge",
      "180 WaitStarted cool-off",
      "210 WaitSucceeded ",
      "210 ChainedInvokeStarted ship",
      "210 ChainedInvokeSucceeded ship",
      "210.02 ContextStarted undo",
      "210.02 StepStarted refund",
      "210.02 StepSucceeded refund",
      "210.02 StepStarted release",
      "210.02 StepSucceeded release",
      "210.02 ContextSucceeded undo",
      "210.02 ExecutionSucceeded ",
    ]);
  });
});

/** A durable function without the SDK: it answers what it is told to, so that the protocol is seen. */
const bare = (body: string) =>
  codeFolder({ "index.js": `let runs = 0; exports.handler = async (event) => { ${body} };` });

describe("an execution's start", () => {
  const ends = bare('return { Status: "SUCCEEDED", Result: "1" };');

  test("under the same name and payload starts nothing, while it runs and after", async () => {
    const { start, clock, happened } = opened(ends);
    const arn = start({ orderId: 1 });
    expect(start({ orderId: 1 })).toBe(arn);
    await clock.run();
    expect(start({ orderId: 1 })).toBe(arn);
    await clock.run();
    expect(happened("InvocationStarted")).toHaveLength(1);
  });

  test("under the same name with another payload is refused", () => {
    const { start } = opened(ends);
    start({ orderId: 1 });
    expect(() => start({ orderId: 2 })).toThrow(
      expect.objectContaining({ code: "DurableExecutionAlreadyStartedException" }),
    );
  });

  test("needs a version, and somebody who does not wait", () => {
    const { call } = opened(ends);
    const invoke = (input: object) => () => call("Invoke", { Payload: "{}", ...input });
    expect(invoke({ FunctionName: "workflow", InvocationType: "Event" })).toThrow("using an unqualified ARN");
    expect(invoke({ FunctionName: "workflow:$LATEST" })).toThrow("a durable function that is invoked synchronously");
    const named = { FunctionName: "shipper-fails", InvocationType: "Event", DurableExecutionName: "order-1" };
    expect(invoke(named)).toThrow("DurableExecutionName for a function that is not durable");
  });
});

describe("an execution's end", () => {
  test("is the handler's error where it throws outside of a step", async () => {
    const { start, clock, describeExecution } = opened();
    const arn = start(null);
    await clock.run();
    expect(describeExecution(arn)).toMatchObject({ Status: "FAILED", Error: { ErrorType: "TypeError" } });
  });

  test("comes with its time, which no answer outlasts", async () => {
    const crashes = bare("if ((runs += 1) > 0) process.exit(1);");
    const { start, clock, describeExecution, happened } = opened(crashes, 100);
    const arn = start({});
    await clock.run();
    expect(describeExecution(arn)).toMatchObject({ Status: "TIMED_OUT" });
    expect(happened("InvocationStarted").map(({ atMs, attempt }) => [atMs / 1000, attempt])).toEqual([
      [0, 1],
      [1, 2],
      [3, 3],
      [7, 4],
      [15, 5],
      [31, 6],
      [63, 7],
    ]);
  });

  test("sends what started it to the dead-letter queue, unless all was well", async () => {
    const deadLetterArn = "arn:aws:sqs:us-east-1:000000000000:dead";
    for (const [status, letters] of [
      ["SUCCEEDED", []],
      ["FAILED", ['{"orderId":1}']],
    ] as const) {
      const { start, clock, reached } = opened(bare(`return { Status: "${status}" };`), 100, { deadLetterArn });
      start({ orderId: 1 });
      await clock.run();
      expect(reached.map(({ input }) => input["MessageBody"])).toEqual(letters);
    }
  });

  test("that no page tells of is refused by name", async () => {
    const waitsForNothing = opened(bare('return { Status: "PENDING" };'));
    waitsForNothing.start({});
    await expect(waitsForNothing.clock.run()).rejects.toThrow("a durable function that answers");
  });
});

/** An execution whose function is under way for a minute, and tells its token. */
async function running() {
  const cloud = opened(bare("console.log(event.CheckpointToken); await new Promise((go) => setTimeout(go, 59000));"));
  const DurableExecutionArn = cloud.start({});
  await cloud.clock.run({ untilMs: cloud.clock.nowMs + 1 });
  const CheckpointToken = cloud.happened("Log")[0]!.line.trim().split("\t").at(-1)!;
  const checkpoint = (input: object) =>
    cloud.call("CheckpointDurableExecution", { DurableExecutionArn, CheckpointToken, ...input }) as {
      CheckpointToken: string;
      NewExecutionState: { Operations: Operation[] };
    };
  return { ...cloud, checkpoint, arn: DurableExecutionArn };
}

describe("a checkpoint", () => {
  const wait = { Id: "w", Type: "WAIT", Action: "START", WaitOptions: { WaitSeconds: 1 } };

  test("with the same client token has the same answer, and one effect", async () => {
    const { checkpoint, operations, arn } = await running();
    const first = checkpoint({ ClientToken: "a", Updates: [wait] });
    expect(checkpoint({ ClientToken: "a", Updates: [wait] })).toEqual(first);
    expect(operations(arn)).toHaveLength(1);
  });

  test("with an old token is refused", async () => {
    const { checkpoint } = await running();
    checkpoint({ Updates: [wait] });
    expect(() => checkpoint({ Updates: [{ ...wait, Id: "v" }] })).toThrow("Invalid checkpoint token");
  });

  const wrong: readonly (readonly [string, readonly object[]])[] = [
    ["Cannot update the same operation twice in a single request.", [wait, wait]],
    ["Invalid parent operation id.", [{ ...wait, ParentId: "nobody" }]],
    ["Invalid action for the given operation type.", [{ ...wait, Action: "SUCCEED" }]],
    ["Invalid StepOptions for the given action.", [{ Id: "s", Type: "STEP", Action: "RETRY" }]],
    ["Cannot provide a Payload for FAIL action.", [{ Id: "s", Type: "STEP", Action: "FAIL", Payload: "1" }]],
    ["Cannot cancel a WAIT that does not exist or has already completed.", [{ ...wait, Action: "CANCEL" }]],
    ["EXECUTION checkpoint must be the last update.", [{ Id: "e", Type: "EXECUTION", Action: "FAIL" }, wait]],
  ];
  test.for(wrong)("is refused: %s", async ([message, Updates]) => {
    const { checkpoint } = await running();
    expect(() => checkpoint({ Updates })).toThrow(message);
  });

  test("past the 3,000 operations of an execution is refused by name", async () => {
    const { checkpoint } = await running();
    const Updates = Array.from({ length: 3_000 }, (_, index) => ({ ...wait, Id: `w${index}` }));
    expect(() => checkpoint({ Updates })).toThrow("a durable execution of more than 3000 operations");
  });

  test("waits for whoever calls back, once", async () => {
    const { checkpoint, call, operations, arn } = await running();
    checkpoint({ Updates: [{ Id: "approval", Type: "CALLBACK", Action: "START" }] });
    const { CallbackId } = operations(arn)[0]!.CallbackDetails!;
    call("SendDurableExecutionCallbackSuccess", { CallbackId, Result: '"approved"' });
    expect(operations(arn)[0]).toMatchObject({ Status: "SUCCEEDED", CallbackDetails: { Result: '"approved"' } });
    const again = () => call("SendDurableExecutionCallbackFailure", { CallbackId });
    expect(again).toThrow(expect.objectContaining({ code: "CallbackTimeoutException" }));
  });
});
