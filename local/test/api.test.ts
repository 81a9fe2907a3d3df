import { expect, test } from "vitest";
import { api } from "../src/api.ts";
import { correlated } from "../src/correlation.ts";
import { AwsError } from "../src/errors.ts";
import { noTrace, type HappeningDetails, type Trace } from "../src/history.ts";
import { Iam, roleArn } from "../src/iam/iam.ts";
import { requirements } from "../src/iam/requirement.ts";
import type { Caller, Service } from "../src/service.ts";
import { services as descriptors } from "../src/services.ts";

const region = "eu-west-2";
const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };
const nobody: Caller = {
  principal: { kind: "role", arn: roleArn("Nobody"), session: "s" },
  trace: { correlationId: "order-1", causationId: "c" },
};

const correlate = (payload: unknown) => (payload as { orderId?: string }).orderId;

/** A cloud of services that answer with what they were called with, and its history. */
function echoing() {
  const history: { trace: Trace; details: HappeningDetails }[] = [];
  const echo: Service = {
    call(operation, input, { trace, units }) {
      units!.write += Number(input["units"] ?? 0);
      if (input["TableName"] === "Missing")
        throw new AwsError("ResourceNotFoundException", "Requested resource not found");
      return { operation, correlationId: trace.correlationId };
    },
  };
  const echoes = descriptors.map(({ name, entries = {} }) => [name, correlated(echo, entries, correlate)] as const);
  const call = api({
    services: new Map(echoes),
    requirements: requirements(descriptors, region),
    conditionValues: new Map(),
    iam: new Iam(),
    history: { record: (trace, details) => history.push({ trace, details }) },
  });
  return { call, history };
}

test("a call is answered by its service and noted with its caller and resource", async () => {
  const { call, history } = echoing();
  expect(await call(operator, "dynamodb", "GetItem", { TableName: "Orders" })).toEqual({ operation: "GetItem" });
  expect(history).toEqual([
    {
      trace: noTrace,
      details: {
        type: "AwsCall",
        caller: "arn:aws:iam::000000000000:root",
        service: "dynamodb",
        operation: "GetItem",
        input: { TableName: "Orders" },
        resource: "arn:aws:dynamodb:eu-west-2:000000000000:table/Orders",
      },
    },
  ]);
});

test("a call is noted with the capacity units it took, answered or turned down", async () => {
  const { call, history } = echoing();
  await call(operator, "dynamodb", "PutItem", { TableName: "Orders", units: 2 });
  await call(operator, "dynamodb", "PutItem", { TableName: "Missing", units: 1 }).catch(() => {});
  expect(history.map(({ details }) => details)).toMatchObject([
    { operation: "PutItem", units: { read: 0, write: 2 } },
    { operation: "PutItem", units: { read: 0, write: 1 }, error: "ResourceNotFoundException" },
  ]);
});

test("a call that a service turns down is noted with its error code", async () => {
  const { call, history } = echoing();
  await expect(call(operator, "dynamodb", "GetItem", { TableName: "Missing" })).rejects.toThrow(
    "Requested resource not found",
  );
  expect(history[0]?.details).toMatchObject({ operation: "GetItem", error: "ResourceNotFoundException" });
});

test("a call without the grant does not reach its service, and is noted with the caller's trace", async () => {
  const { call, history } = echoing();
  await expect(call(nobody, "dynamodb", "GetItem", { TableName: "Missing" })).rejects.toMatchObject({
    code: "AccessDeniedException",
  });
  expect(history).toEqual([
    expect.objectContaining({
      trace: { correlationId: "order-1", causationId: "c" },
      details: expect.objectContaining({
        caller: "arn:aws:sts::000000000000:assumed-role/Nobody/s",
        error: "AccessDeniedException",
      }) as unknown,
    }),
  ]);
});

test("an operation that is not known is refused by name, whoever calls", async () => {
  const { call } = echoing();
  await expect(call(operator, "states", "PublishStateMachineVersion", {})).rejects.toThrow(
    "does not know the operation PublishStateMachineVersion (at states)",
  );
});

test.each([
  ["lambda", "Invoke", { FunctionName: "f", Payload: '{"orderId":"a"}' }, "a"],
  ["states", "StartExecution", { stateMachineArn: "m", input: '{"orderId":"a"}' }, "a"],
  ["sqs", "SendMessage", { QueueUrl: "q", MessageBody: '{"orderId":"a"}' }, "a"],
  ["sqs", "SendMessage", { QueueUrl: "q", MessageBody: "not JSON" }, undefined],
  ["lambda", "Invoke", { FunctionName: "f" }, undefined],
] as const)(
  "what the operator sends by %s %s with %j belongs to the saga %s",
  async (service, operation, input, correlationId) => {
    const { call } = echoing();
    expect(await call(operator, service, operation, input)).toEqual({ operation, correlationId });
  },
);
