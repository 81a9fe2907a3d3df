import { describe, expect, test } from "vitest";
import { parseTimestamp } from "../../src/states/data/timestamp.ts";
import { openStepFunctions } from "./open-step-functions.ts";
import { neverAnswers, oneTask, runDefinition } from "./run-definition.ts";

describe("timestamps", () => {
  test.each([
    ["2016-12-05T21:29:29Z", Date.UTC(2016, 11, 5, 21, 29, 29)],
    ["2016-12-05T21:29:29.123456789Z", Date.UTC(2016, 11, 5, 21, 29, 29, 123)],
    ["2016-02-29T00:00:00+01:00", Date.UTC(2016, 1, 28, 23)],
    ["2015-02-29T00:00:00Z", undefined],
    ["2016-04-31T00:00:00Z", undefined],
    ["2016-13-05T21:29:29Z", undefined],
    ["2016-12-05T24:00:00Z", undefined],
    ["2016-12-05T25:29:29Z", undefined],
    ["2016-12-05 21:29:29Z", undefined],
    ["2016-12-05T21:29:29", undefined],
    ["05-12-2016T21:29:29Z", undefined],
  ])("%s is %s", (text, atMs) => {
    expect(parseTimestamp(text)).toBe(atMs);
  });

  test.each([
    ["Timestamp", "'2016-12-05'", "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time"],
    ["Timestamp", "1", "returned an unexpected result type. Expected 'string', but was 'number' for value: 1"],
    ["Seconds", "'1'", `returned an unexpected result type. Expected 'number', but was 'string' for value: "1"`],
    ["Seconds", "1.5", "The Seconds field cannot be parsed as a long value: 1.5"],
    ["Seconds", "-1", "The Seconds field has a negative value: -1"],
  ])("a Wait whose %s in JSONata is %s fails in AWS's words", async (field, expression, message) => {
    const { execution, types } = await runDefinition({
      QueryLanguage: "JSONata",
      StartAt: "Wait",
      States: { Wait: { Type: "Wait", [field]: `{% ${expression} %}`, End: true } },
    });
    expect(execution).toMatchObject({ status: "FAILED", error: "States.QueryEvaluationError" });
    expect(execution.cause).toContain(message);
    expect(types.at(-2)).toBe("EvaluationFailed");
  });
});

test.each(["TimeoutSecondsPath", "HeartbeatSecondsPath"])(
  "%s that matches nothing is an invalid path",
  async (field) => {
    const { execution } = await runDefinition(oneTask({ [field]: "$.none" }), { task: neverAnswers });
    expect(execution.cause).toBe(
      "An error occurred while executing the state 'Charge' (entered at the event id #2). " +
        "Invalid path '$.none' : No results for path: $['none']",
    );
  },
);

const send = async (Resource: string, Parameters: object) => {
  const { create, start, clock, calls, call } = openStepFunctions();
  const executionArn = start(
    create({ StartAt: "Do", States: { Do: { Type: "Task", Resource, Parameters, End: true } } }),
  );
  await clock.run();
  return { calls, execution: call("DescribeExecution", { executionArn }) };
};

describe("what a task sends", () => {
  test("an SDK integration writes the input of an execution as text, its members as they are", async () => {
    const { calls } = await send("arn:aws:states:::aws-sdk:sfn:startExecution", {
      StateMachineArn: "arn:aws:states:eu-west-2:000000000000:stateMachine:none",
      Input: { Key: "value" },
    });
    expect(calls[0]!.input).toMatchObject({ input: '{"Key":"value"}' });
  });

  test("a null MessageBody is none", async () => {
    const QueueUrl = "https://sqs.eu-west-2.amazonaws.com/000000000000/orders";
    const { calls } = await send("arn:aws:states:::sqs:sendMessage", { QueueUrl, MessageBody: null });
    expect(calls[0]!.input).toEqual({ QueueUrl });
  });

  test("a queue URL of another host cannot be called", async () => {
    const { calls, execution } = await send("arn:aws:states:::sqs:sendMessage", {
      QueueUrl: "http://no-such-queue",
      MessageBody: "x",
    });
    expect(calls).toEqual([]);
    expect(execution).toMatchObject({
      error: "SQS.SdkClientException",
      cause: "Unable to execute HTTP request: no-such-queue: Name or service not known",
    });
  });
});
