import { ConditionalCheckFailedException, DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListLayersCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-lambda";
import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient } from "@aws-sdk/client-sfn";
import { QueueDoesNotExist, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { AwsError, UnknownFeature } from "../../src/errors.ts";
import { Ids } from "../../src/identity.ts";
import type { Caller } from "../../src/service.ts";
import { services } from "../../src/services.ts";
import { requestHandler } from "../../src/wire/request-handler.ts";
import { Wire } from "../../src/wire/wire.ts";

const operator: Caller = {
  principal: { kind: "operator" },
  trace: { correlationId: undefined, causationId: undefined },
};
const region = "us-east-1";

/** The configuration of a client, and the calls that reached the cloud. */
function connect(answer: () => unknown) {
  const calls: unknown[] = [];
  const wire = new Wire({
    region,
    ids: new Ids(),
    services,
    api: async (caller, service, operation, input) => {
      calls.push([caller.principal.kind, service, operation, input]);
      return answer();
    },
  });
  const config = {
    region,
    requestHandler: requestHandler(wire, operator),
    credentials: { accessKeyId: "a", secretAccessKey: "s" },
  };
  return { config, calls, wire };
}

const refusing = (cause: Error) => () => {
  throw cause;
};

test("carries AWS JSON calls to their service and their answers back", async () => {
  const { config, calls } = connect(() => ({ Item: { id: { S: "1" } } }));
  const { Item, $metadata } = await new DynamoDBClient(config).send(
    new GetItemCommand({ TableName: "t", Key: { id: { S: "1" } } }),
  );
  expect(Item).toEqual({ id: { S: "1" } });
  expect($metadata).toMatchObject({ httpStatusCode: 200, requestId: expect.any(String) });
  await new EventBridgeClient(config).send(new PutEventsCommand({ Entries: [] }));
  await new SFNClient(config).send(new DescribeExecutionCommand({ executionArn: "arn" }));
  await new SQSClient(config).send(
    new ReceiveMessageCommand({ QueueUrl: "https://sqs.us-east-1.amazonaws.com/000000000000/q" }),
  );
  expect(calls).toEqual([
    ["operator", "dynamodb", "GetItem", { TableName: "t", Key: { id: { S: "1" } } }],
    ["operator", "events", "PutEvents", { Entries: [] }],
    ["operator", "states", "DescribeExecution", { executionArn: "arn" }],
    ["operator", "sqs", "ReceiveMessage", { QueueUrl: "https://sqs.us-east-1.amazonaws.com/000000000000/q" }],
  ]);
});

test("carries Lambda's Invoke, its payload and its function error", async () => {
  const { config, calls } = connect(() => ({
    StatusCode: 200,
    ExecutedVersion: "$LATEST",
    FunctionError: "Unhandled",
    Payload: '{"errorType":"Error"}',
  }));
  const arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
  const output = await new LambdaClient(config).send(
    new InvokeCommand({ FunctionName: arn, InvocationType: "RequestResponse", Payload: Buffer.from('{"a":1}') }),
  );
  expect(output).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST", FunctionError: "Unhandled" });
  expect(output.Payload!.transformToString()).toBe('{"errorType":"Error"}');
  expect(calls).toEqual([
    ["operator", "lambda", "Invoke", { FunctionName: arn, InvocationType: "RequestResponse", Payload: '{"a":1}' }],
  ]);
});

test("carries Lambda's reads", async () => {
  const { config, calls } = connect(() => ({ Configuration: { FunctionName: "f" }, Functions: [] }));
  const client = new LambdaClient(config);
  expect((await client.send(new GetFunctionCommand({ FunctionName: "f", Qualifier: "1" }))).Configuration).toEqual({
    FunctionName: "f",
  });
  await client.send(new ListFunctionsCommand({}));
  expect(calls).toEqual([
    ["operator", "lambda", "GetFunction", { FunctionName: "f", Qualifier: "1" }],
    ["operator", "lambda", "ListFunctions", {}],
  ]);
});

const error = (code: string, statusCode = 400, members = {}) =>
  refusing(new AwsError(code, "because", statusCode, members));

test("makes the SDK throw its typed exceptions", async () => {
  const item = connect(error("ConditionalCheckFailedException", 400, { Item: { id: { S: "1" } } }));
  const get = new DynamoDBClient(item.config).send(new GetItemCommand({ TableName: "t", Key: {} }));
  await expect(get).rejects.toThrow(ConditionalCheckFailedException);
  await expect(get).rejects.toMatchObject({ message: "because", Item: { id: { S: "1" } } });
  const execution = connect(error("ExecutionDoesNotExist"));
  await expect(
    new SFNClient(execution.config).send(new DescribeExecutionCommand({ executionArn: "a" })),
  ).rejects.toThrow(ExecutionDoesNotExist);
  const queue = connect(error("QueueDoesNotExist"));
  const receive = new SQSClient(queue.config).send(
    new ReceiveMessageCommand({ QueueUrl: "https://sqs.us-east-1.amazonaws.com/000000000000/q" }),
  );
  await expect(receive).rejects.toThrow(QueueDoesNotExist);
  await expect(receive).rejects.toMatchObject({ Code: "AWS.SimpleQueueService.NonExistentQueue", Type: "Sender" });
  const found = connect(error("ResourceNotFoundException", 404, { Type: "User" }));
  const invoke = new LambdaClient(found.config).send(new InvokeCommand({ FunctionName: "f" }));
  await expect(invoke).rejects.toThrow(ResourceNotFoundException);
  await expect(invoke).rejects.toMatchObject({ Type: "User", $metadata: { httpStatusCode: 404 } });
});

test("surfaces what the cloud does not know as UnknownFeature, at the first try", async () => {
  const { config, calls } = connect(refusing(new UnknownFeature("LegacyCondition", "GetItem")));
  const get = new DynamoDBClient(config).send(new GetItemCommand({ TableName: "t", Key: {} }));
  await expect(get).rejects.toMatchObject({
    name: "UnknownFeature",
    message: expect.stringContaining("LegacyCondition"),
  });
  expect(calls).toHaveLength(1);
  await expect(new LambdaClient(config).send(new ListLayersCommand({}))).rejects.toMatchObject({
    name: "UnknownFeature",
  });
});

test("refuses another region and hosts that are not AWS", async () => {
  const { config, wire } = connect(() => ({}));
  const get = new DynamoDBClient({ ...config, region: "eu-west-2" }).send(
    new GetItemCommand({ TableName: "t", Key: {} }),
  );
  await expect(get).rejects.toMatchObject({ name: "UnknownFeature", message: expect.stringContaining("eu-west-2") });
  const request = { method: "GET", host: "example.com", path: "/", query: {}, headers: {}, body: "" };
  expect(() => wire.read(request)).toThrow(/the host example.com/);
});

test("answers GetCallerIdentity in STS's XML", async () => {
  const { wire } = connect(() => ({ UserId: "A&B", Account: "000000000000", Arn: "arn:aws:iam::000000000000:root" }));
  const body = "Action=GetCallerIdentity&Version=2011-06-15";
  const response = await wire.dispatch(operator, {
    method: "POST",
    host: "sts.us-east-1.amazonaws.com",
    path: "/",
    query: {},
    headers: {},
    body,
  });
  expect(String(response.body)).toBe(
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      "<UserId>A&amp;B</UserId><Account>000000000000</Account><Arn>arn:aws:iam::000000000000:root</Arn>" +
      "</GetCallerIdentityResult></GetCallerIdentityResponse>",
  );
});

test("lets a fault of the cloud itself through instead of answering with it", async () => {
  const { wire } = connect(refusing(new TypeError("a bug")));
  const request = {
    method: "POST",
    host: "events.us-east-1.amazonaws.com",
    path: "/",
    query: {},
    headers: { "x-amz-target": "AWSEvents.PutEvents" },
    body: "{}",
  };
  await expect(wire.dispatch(operator, request)).rejects.toThrow(TypeError);
});

test("lets a client hang up, who hears no more of what goes on", async () => {
  const { promise: answered, resolve } = Promise.withResolvers<object>();
  const { config, calls } = connect(() => answered);
  const hangUp = new AbortController();
  const call = new LambdaClient(config).send(new InvokeCommand({ FunctionName: "f" }), { abortSignal: hangUp.signal });
  const told = expect(call).rejects.toMatchObject({ name: "AbortError" });
  while (calls.length === 0) await Promise.resolve();
  hangUp.abort();
  await told;
  resolve({});
  expect(calls).toHaveLength(1);
});
