import { describe, expect, test } from "vitest";
import { AwsError } from "../../src/errors.ts";
import { openStepFunctions, passing, task } from "./open-step-functions.ts";
import type { Answering } from "./open-step-functions.ts";

/** Runs one task to the end of its execution. */
async function runTask(resource: string, fields: object, answering: Answering, input: unknown = {}) {
  const cloud = openStepFunctions({ answering });
  const executionArn = cloud.start(cloud.create(task(resource, fields)), { input: JSON.stringify(input) });
  await cloud.clock.run();
  return { ...cloud, executionArn, description: cloud.call("DescribeExecution", { executionArn }) };
}

const conditionFailed: Answering = () => {
  throw new AwsError("ConditionalCheckFailedException", "The conditional request failed");
};
const tokenIn = (input: Readonly<Record<string, unknown>>) =>
  (JSON.parse(input.MessageBody as string) as { token: string }).token;
const answer =
  (payload: string, more: object = {}) =>
  () => ({ StatusCode: 200, ExecutedVersion: "$LATEST", Payload: payload, ...more });
const functionArn = "arn:aws:lambda:eu-west-2:000000000000:function:charge";
const thrown = answer('{"errorType": "PaymentDeclined", "errorMessage": "no funds"}', { FunctionError: "Unhandled" });

describe("a Lambda function", () => {
  test("is invoked as the machine's role, caused by the execution", async () => {
    const { calls, executionArn } = await runTask(functionArn, {}, answer("1"), { orderId: "o-1" });
    expect(calls).toEqual([
      {
        caller: {
          principal: { kind: "role", arn: "arn:aws:iam::000000000000:role/orders" },
          trace: { correlationId: "order-1", causationId: executionArn },
        },
        service: "lambda",
        operation: "Invoke",
        input: { FunctionName: functionArn, InvocationType: "RequestResponse", Payload: '{"orderId":"o-1"}' },
      },
    ]);
  });

  test("gives its value under its ARN, and the whole answer by lambda:invoke", async () => {
    const direct = await runTask(functionArn, {}, answer('{"a":1}'));
    const invoked = await runTask(
      "arn:aws:states:::lambda:invoke",
      { Parameters: { FunctionName: "charge", "Payload.$": "$" } },
      answer('{"a":1}'),
    );
    expect(direct.description.output).toBe('{"a":1}');
    expect(JSON.parse(invoked.description.output as string)).toMatchObject({
      ExecutedVersion: "$LATEST",
      Payload: { a: 1 },
      StatusCode: 200,
      SdkHttpMetadata: { HttpStatusCode: 200 },
    });
  });

  test("fails with its error type; the cause is its own text, or compact JSON by lambda:invoke", async () => {
    const direct = await runTask(functionArn, {}, thrown);
    const invoked = await runTask("arn:aws:states:::lambda:invoke", { Parameters: { FunctionName: "charge" } }, thrown);
    expect(direct.description).toMatchObject({
      error: "PaymentDeclined",
      cause: '{"errorType": "PaymentDeclined", "errorMessage": "no funds"}',
    });
    expect(invoked.description).toMatchObject({
      error: "PaymentDeclined",
      cause: '{"errorType":"PaymentDeclined","errorMessage":"no funds"}',
    });
  });

  test("fails as Lambda.Unknown when it died without an error type", async () => {
    const { description } = await runTask(
      functionArn,
      {},
      answer('{"errorMessage":"out of memory"}', { FunctionError: "Unhandled" }),
    );
    expect(description.error).toBe("Lambda.Unknown");
  });

  test.each([
    ["TooManyRequestsException", 429, "Lambda.TooManyRequestsException"],
    ["ResourceNotFoundException", 404, "Lambda.ResourceNotFoundException"],
    ["AccessDeniedException", 403, "Lambda.AWSLambdaException"],
  ])("that answers %s fails the task as %s %s", async (code, status, error) => {
    const { description } = await runTask(functionArn, {}, () => {
      throw new AwsError(code, "turned down", status);
    });
    expect(description.error).toBe(error);
    expect(description.cause).toContain(
      `turned down (Service: AWSLambda; Status Code: ${status}; Error Code: ${code}; Request ID: `,
    );
  });
});

describe("other services", () => {
  test("DynamoDB errors are DynamoDB.* optimized and DynamoDb.* by aws-sdk", async () => {
    const optimized = await runTask(
      "arn:aws:states:::dynamodb:putItem",
      { Parameters: { TableName: "t", Item: {} } },
      conditionFailed,
    );
    const sdk = await runTask(
      "arn:aws:states:::aws-sdk:dynamodb:putItem",
      { Parameters: { TableName: "t", Item: {} } },
      conditionFailed,
    );
    expect([optimized.description.error, sdk.description.error]).toEqual([
      "DynamoDB.ConditionalCheckFailedException",
      "DynamoDb.ConditionalCheckFailedException",
    ]);
  });

  test("putEvents writes the detail as text and adds execution and machine to the resources", async () => {
    const parameters = {
      Entries: [{ Source: "shop", DetailType: "OrderCreated", Detail: { "id.$": "$.id" }, EventBusName: "bus" }],
    };
    const { calls, executionArn, description } = await runTask(
      "arn:aws:states:::events:putEvents",
      { Parameters: parameters },
      () => ({ FailedEntryCount: 0, Entries: [{ EventId: "e" }] }),
      { id: 1 },
    );
    expect(calls[0]!.input).toEqual({
      Entries: [
        {
          Source: "shop",
          DetailType: "OrderCreated",
          Detail: '{"id":1}',
          EventBusName: "bus",
          Resources: [executionArn, "arn:aws:states:eu-west-2:000000000000:stateMachine:orders"],
        },
      ],
    });
    expect(description.status).toBe("SUCCEEDED");
  });

  test("putEvents with one bad entry fails as EventBridge.FailedEntry with the answer for a cause", async () => {
    const answered = { FailedEntryCount: 1, Entries: [{ ErrorCode: "MalformedDetail" }] };
    const { description } = await runTask(
      "arn:aws:states:::events:putEvents",
      { Parameters: { Entries: [] } },
      () => answered,
    );
    expect(description.error).toBe("EventBridge.FailedEntry");
    expect(JSON.parse(description.cause as string)).toMatchObject(answered);
  });
});

describe("task tokens", () => {
  const resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
  const fields = { Parameters: { QueueUrl: "q", MessageBody: { "token.$": "$$.Task.Token" } } };

  test("SendTaskSuccess ends the task with its output", async () => {
    const { call, calls, clock, executionArn } = await runTask(resource, fields, () => ({ MessageId: "m" }));
    const taskToken = tokenIn(calls[0]!.input);
    call("SendTaskSuccess", { taskToken, output: '{"paid":true}' });
    await clock.run();
    expect(call("DescribeExecution", { executionArn })).toMatchObject({ status: "SUCCEEDED", output: '{"paid":true}' });
    expect(() => call("SendTaskSuccess", { taskToken, output: "1" })).toThrow("Task Timed Out");
  });

  test("SendTaskFailure ends it with an error, and SendTaskHeartbeat keeps it alive", async () => {
    const cloud = openStepFunctions({ answering: () => ({ MessageId: "m" }) });
    const executionArn = cloud.start(cloud.create(task(resource, { ...fields, HeartbeatSeconds: 10 })));
    const until = (seconds: number) => cloud.clock.run({ untilMs: Date.UTC(2026, 0, 1) + seconds * 1000 });
    await until(0);
    const taskToken = tokenIn(cloud.calls[0]!.input);
    cloud.clock.schedule(8_000, () => void cloud.call("SendTaskHeartbeat", { taskToken }));
    cloud.clock.schedule(
      16_000,
      () => void cloud.call("SendTaskFailure", { taskToken, error: "Refused", cause: "by hand" }),
    );
    await cloud.clock.run();
    expect(cloud.call("DescribeExecution", { executionArn })).toMatchObject({
      status: "FAILED",
      error: "Refused",
      cause: "by hand",
      stopDate: 1_767_225_616,
    });
  });

  test("a token that never was is an InvalidToken", () => {
    const { call } = openStepFunctions();
    expect(() => call("SendTaskSuccess", { taskToken: "x", output: "1" })).toThrow("Invalid Token: 'Invalid token'");
  });
});

describe("activities", () => {
  test("a worker takes the task with its input and answers it by its token", async () => {
    const { call, callLater, create, start, clock } = openStepFunctions();
    const { activityArn } = call("CreateActivity", { name: "pack" });
    const executionArn = start(create(task(activityArn as string)), { input: '{"box":1}' });
    const { taskToken, input } = await callLater("GetActivityTask", { activityArn, workerName: "w" });
    call("SendTaskSuccess", { taskToken, output: input });
    await clock.run();
    expect(call("DescribeExecution", { executionArn })).toMatchObject({ status: "SUCCEEDED", output: '{"box":1}' });
    const events = call("GetExecutionHistory", { executionArn }).events as { type: string }[];
    expect(events.map(({ type }) => type).slice(2, 5)).toEqual([
      "ActivityScheduled",
      "ActivityStarted",
      "ActivitySucceeded",
    ]);
  });

  test("TimeoutSeconds counts from when a worker takes the task", async () => {
    const { call, callLater, create, start, clock } = openStepFunctions();
    const { activityArn } = call("CreateActivity", { name: "pack" });
    const executionArn = start(create(task(activityArn as string, { TimeoutSeconds: 5 })));
    clock.schedule(100_000, () => void callLater("GetActivityTask", { activityArn }));
    await clock.run();
    expect(call("DescribeExecution", { executionArn })).toMatchObject({
      status: "FAILED",
      error: "States.Timeout",
      stopDate: 1_767_225_705,
    });
  });

  test("a worker that finds nothing to do within a minute gets nothing", async () => {
    const { call, callLater, clock } = openStepFunctions();
    const { activityArn } = call("CreateActivity", { name: "pack" });
    const polled = callLater("GetActivityTask", { activityArn });
    await clock.run();
    expect(await polled).toEqual({});
    expect(clock.nowMs - Date.UTC(2026, 0, 1)).toBe(60_000);
  });
});

describe("startExecution", () => {
  const child = "arn:aws:states:eu-west-2:000000000000:stateMachine:child";
  const run = async (pattern: string, childDefinition: object) => {
    const cloud = openStepFunctions();
    cloud.create(childDefinition, { name: "child" });
    const executionArn = cloud.start(
      cloud.create(
        task(`arn:aws:states:::states:startExecution${pattern}`, {
          Parameters: { StateMachineArn: child, Input: { a: 1 }, Name: "kid" },
        }),
      ),
    );
    await cloud.clock.run();
    return cloud.call("DescribeExecution", { executionArn });
  };

  test(".sync waits and gives the output as text, .sync:2 as JSON", async () => {
    const slow = { StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 9, End: true } } };
    const [text, json] = [await run(".sync", slow), await run(".sync:2", slow)];
    expect(text.stopDate).toBe(1_767_225_609);
    expect([JSON.parse(text.output as string), JSON.parse(json.output as string)]).toMatchObject([
      { Output: '{"a":1}' },
      { Output: { a: 1 } },
    ]);
  });

  test(".sync fails as States.TaskFailed with the description of the execution", async () => {
    const description = await run(".sync", { StartAt: "No", States: { No: { Type: "Fail", Error: "Broken" } } });
    expect(description.error).toBe("States.TaskFailed");
    expect(JSON.parse(description.cause as string)).toMatchObject({
      Error: "Broken",
      Name: "kid",
      Status: "FAILED",
      Input: '{"a":1}',
    });
  });

  test("without .sync it goes on at once", async () => {
    expect((await run("", passing)).status).toBe("SUCCEEDED");
  });
});
