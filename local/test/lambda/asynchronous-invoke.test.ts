import { expect, test } from "vitest";
import { AwsError } from "../../src/errors.ts";
import { defaultEventInvokeConfig, type EventInvokeConfig } from "../../src/lambda/function.ts";
import { openLambda, roleArn } from "./opened.ts";

const failing = "exports.handler = async (event) => { throw new RangeError(`no ${event.word}`); };";
const queueArn = "arn:aws:sqs:us-east-1:000000000000:parked";
const busArn = "arn:aws:events:us-east-1:000000000000:event-bus/orders";
const config = (changes: Partial<EventInvokeConfig>) => ({ ...defaultEventInvokeConfig, ...changes });

test("accepts an event at once and runs the function later, as its own invocation", async () => {
  const { create, send, clock, happened } = openLambda();
  create("exports.handler = async () => 1;");
  expect(send()).toEqual({ StatusCode: 202 });
  expect(happened("InvocationStarted")).toEqual([]);
  await clock.run();
  expect(happened("InvocationStarted")).toMatchObject([
    { attempt: 1, asynchronous: true, trace: { correlationId: "order-1", causationId: "event-1" } },
  ]);
});

test("tries a failing function again after one minute and after two more, with the same request id", async () => {
  const { create, send, clock, happened } = openLambda();
  create(failing);
  send({ word: "luck" });
  await clock.run();
  const started = happened("InvocationStarted");
  expect(started.map(({ atMs, attempt }) => [atMs, attempt])).toEqual([
    [0, 1],
    [60_000, 2],
    [180_000, 3],
  ]);
  expect(new Set(started.map(({ requestId }) => requestId)).size).toBe(1);
  expect(happened("InvocationEnded").map(({ error }) => error)).toEqual(["RangeError", "RangeError", "RangeError"]);
});

test.each([
  [0, 1],
  [1, 2],
])("with %i retries runs a failing function %i times", async (maximumRetryAttempts, times) => {
  const { create, send, clock, happened, lambda } = openLambda();
  create(failing);
  lambda.putEventInvokeConfig("handler", config({ maximumRetryAttempts }));
  send();
  await clock.run();
  expect(happened("InvocationStarted")).toHaveLength(times);
});

test("stops retrying once a try succeeds", async () => {
  const { create, send, clock, happened } = openLambda();
  create("let tries = 0; exports.handler = async () => { if (++tries === 1) throw new Error('once'); };");
  send();
  await clock.run();
  expect(happened("InvocationEnded").map(({ error }) => error)).toEqual(["Error", undefined]);
});

test("sends the record of an event whose retries are exhausted to a queue", async () => {
  const { create, send, clock, lambda, reached, happened } = openLambda();
  const { arn } = create(failing);
  lambda.putEventInvokeConfig("handler", config({ onFailureArn: queueArn, onSuccessArn: busArn }));
  send({ word: "luck" });
  await clock.run();
  const { requestId } = happened("InvocationStarted")[0]!;
  expect(reached).toHaveLength(1);
  const [{ atMs, caller, operation, input }] = reached as [(typeof reached)[0]];
  expect([atMs, operation]).toEqual([180_000, "SendMessage"]);
  expect(caller).toEqual({
    principal: { kind: "role", arn: roleArn, session: "handler" },
    trace: { correlationId: "order-1", causationId: requestId },
  });
  expect(input["QueueUrl"]).toBe("https://sqs.us-east-1.amazonaws.com/000000000000/parked");
  expect(JSON.parse(input["MessageBody"] as string)).toEqual({
    version: "1.0",
    timestamp: "2026-01-01T00:03:00.000Z",
    requestContext: {
      requestId,
      functionArn: `${arn}:$LATEST`,
      condition: "RetriesExhausted",
      approximateInvokeCount: 3,
    },
    requestPayload: { word: "luck" },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    responsePayload: { errorType: "RangeError", errorMessage: "no luck", trace: expect.any(Array) },
  });
});

test("publishes the record of a success on a bus", async () => {
  const { create, send, clock, lambda, reached } = openLambda();
  const { arn } = create("exports.handler = async (event) => event.word;");
  lambda.putEventInvokeConfig("handler", config({ onSuccessArn: busArn }));
  send({ word: "luck" });
  await clock.run();
  expect(reached).toMatchObject([{ service: "events", operation: "PutEvents" }]);
  const [{ Detail, ...entry }] = reached[0]!.input["Entries"] as [{ Detail: string }];
  expect(entry).toEqual({
    EventBusName: busArn,
    Source: "lambda",
    DetailType: "Lambda Function Invocation Result - Success",
    Resources: [busArn, `${arn}:$LATEST`],
  });
  expect(JSON.parse(Detail)).toMatchObject({
    requestContext: { condition: "Success", approximateInvokeCount: 1 },
    responseContext: { statusCode: 200, executedVersion: "$LATEST" },
    responsePayload: "luck",
  });
});

test("hands the record of a failure to another function", async () => {
  const { create, send, clock, lambda, happened } = openLambda();
  create(failing);
  const repair = "exports.handler = async ({ requestContext }) => console.log(requestContext.condition);";
  const { arn } = create(repair, { functionName: "repair" });
  lambda.putEventInvokeConfig("handler", config({ maximumRetryAttempts: 0, onFailureArn: arn }));
  send();
  await clock.run();
  expect(happened("Log").map(({ functionName, line }) => [functionName, line.split("\t").at(-1)])).toEqual([
    ["repair", "RetriesExhausted"],
  ]);
});

test("puts a failed event on the dead-letter queue as it came, beside the destination", async () => {
  const { create, send, clock, lambda, reached, happened } = openLambda();
  create(failing, { deadLetterArn: queueArn });
  lambda.putEventInvokeConfig("handler", config({ maximumRetryAttempts: 0, onFailureArn: busArn }));
  send({ word: "luck" });
  await clock.run();
  expect(reached.map(({ service }) => service)).toEqual(["events", "sqs"]);
  expect(reached[1]!.input).toEqual({
    QueueUrl: "https://sqs.us-east-1.amazonaws.com/000000000000/parked",
    MessageBody: '{"word":"luck"}',
    MessageAttributes: {
      RequestID: { DataType: "String", StringValue: happened("InvocationStarted")[0]!.requestId },
      ErrorCode: { DataType: "Number", StringValue: "200" },
      ErrorMessage: { DataType: "String", StringValue: "no luck" },
    },
  });
});

test.each([
  [60, 1, 60_000],
  [180, 2, 180_000],
])("gives an event up at its maximum age of %i s, after %i tries", async (seconds, invokeCount, atMs) => {
  const { create, send, clock, lambda, reached } = openLambda();
  create(failing);
  lambda.putEventInvokeConfig("handler", config({ maximumEventAgeMs: seconds * 1000, onFailureArn: queueArn }));
  send();
  await clock.run();
  expect(reached.map((call) => call.atMs)).toEqual([atMs]);
  expect(JSON.parse(reached[0]!.input["MessageBody"] as string)).toMatchObject({
    requestContext: { condition: "EventAgeExceeded", approximateInvokeCount: invokeCount },
    responseContext: { functionError: "Unhandled" },
  });
});

test("puts a throttled event back for a second, then two, then four, which is no try", async () => {
  const { create, send, clock, happened } = openLambda();
  create("exports.handler = async ({ waitMs }) => { await new Promise((r) => setTimeout(r, waitMs)); };", {
    reservedConcurrency: 1,
    timeoutSeconds: 10,
  });
  send({ waitMs: 4500 });
  send({ waitMs: 1 });
  await clock.run();
  expect(happened("InvocationStarted").map(({ atMs, attempt }) => [atMs, attempt])).toEqual([
    [0, 1],
    [7000, 1],
  ]);
});

test("gives up an event that was throttled until its maximum age without ever running", async () => {
  const { create, send, clock, lambda, reached } = openLambda();
  create("exports.handler = async () => { await new Promise((r) => setTimeout(r, 100_000)); };", {
    reservedConcurrency: 1,
    timeoutSeconds: 200,
    deadLetterArn: queueArn,
  });
  lambda.putEventInvokeConfig("handler", config({ maximumEventAgeMs: 60_000 }));
  send({ first: true });
  send({ first: false });
  await clock.run();
  expect(reached).toMatchObject([
    {
      atMs: 60_000,
      input: { MessageBody: '{"first":false}', MessageAttributes: { ErrorCode: { StringValue: "429" } } },
    },
  ]);
});

test("loses a record that the destination turns down, as AWS does", async () => {
  const { create, send, clock, lambda, reached } = openLambda({
    answer: () => {
      throw new AwsError("AccessDeniedException", "no");
    },
  });
  create("exports.handler = async () => 1;");
  lambda.putEventInvokeConfig("handler", config({ onSuccessArn: busArn }));
  send();
  await clock.run();
  expect(reached).toHaveLength(1);
});

test("refuses destinations it cannot send to before anything runs", () => {
  const { create, lambda } = openLambda();
  create(failing);
  const onFailureArn = "arn:aws:sns:us-east-1:000000000000:topic";
  expect(() => lambda.putEventInvokeConfig("handler", config({ onFailureArn }))).toThrow(/the destination arn:aws:sns/);
  expect(() => create(failing, { functionName: "b", deadLetterArn: onFailureArn })).toThrow(
    /the dead-letter target arn:aws:sns/,
  );
});
