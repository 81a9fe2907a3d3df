import { expect, test } from "vitest";
import { lambdaResources } from "../../src/lambda/resources.ts";
import { codeFolder, openLambda, operator } from "./opened.ts";

const open = () => {
  const opened = openLambda();
  const folder = codeFolder({ "index.js": "exports.handler = async () => process.env.TABLE;" });
  const create = (type: string, properties: unknown, asset = folder) => {
    const resource = lambdaResources(opened.lambda).find((candidate) => candidate.type === type)!;
    return resource.create(resource.properties.parse(properties), {
      stackName: "orders",
      logicalId: "Handler",
      asset: () => asset,
    });
  };
  return { ...opened, createResource: create };
};

const properties = {
  Code: { S3Bucket: "assets", S3Key: "abc.zip" },
  Handler: "index.handler",
  Runtime: "nodejs24.x",
  Role: "arn:aws:iam::000000000000:role/r",
  Timeout: 5,
  Environment: { Variables: { TABLE: "orders" } },
};

test("creates a function from a template, and gives its name and ARN back", async () => {
  const { createResource, invoke, lambda } = open();
  expect(createResource("AWS::Lambda::Function", properties)).toEqual({
    ref: "orders-Handler",
    attributes: { Arn: "arn:aws:lambda:us-east-1:000000000000:function:orders-Handler" },
  });
  expect((await invoke({}, "orders-Handler")).Payload).toBe("orders");
  expect(lambda.call("GetFunctionConfiguration", { FunctionName: "orders-Handler" }, operator)).toMatchObject({
    FunctionName: "orders-Handler",
    Timeout: 5,
    MemorySize: 128,
    Environment: { Variables: { TABLE: "orders" } },
  });
});

test("configures asynchronous invocation from a template", () => {
  const { createResource, lambda } = open();
  createResource("AWS::Lambda::Function", properties);
  const get = () => lambda.call("GetFunctionEventInvokeConfig", { FunctionName: "orders-Handler" }, operator);
  expect(get).toThrow(/doesn't have an EventInvokeConfig/);
  const Destination = "arn:aws:sqs:us-east-1:000000000000:parked";
  createResource("AWS::Lambda::EventInvokeConfig", {
    FunctionName: "orders-Handler",
    Qualifier: "$LATEST",
    MaximumRetryAttempts: 0,
    DestinationConfig: { OnFailure: { Destination } },
  });
  expect(get()).toEqual({
    FunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:orders-Handler:$LATEST",
    MaximumRetryAttempts: 0,
    MaximumEventAgeInSeconds: 21_600,
    DestinationConfig: { OnSuccess: {}, OnFailure: { Destination } },
  });
});

test.each([
  ["a layer", { Layers: [] }, /Layers/],
  ["inline code", { Code: { ZipFile: "exports" } }, /ZipFile/],
  ["zero concurrency", { ReservedConcurrentExecutions: 0 }, /ReservedConcurrentExecutions/],
  ["a virtual network", { VpcConfig: {} }, /VpcConfig/],
  ["another language", { Runtime: "python3.14" }, /the runtime python3.14/],
])("refuses %s by name", (_what, changes, message) => {
  const { createResource } = open();
  expect(() => createResource("AWS::Lambda::Function", { ...properties, ...changes })).toThrow(message);
});

test("refuses code in an archive", () => {
  const { createResource } = open();
  expect(() => createResource("AWS::Lambda::Function", properties, "/cdk.out/asset.abc.zip")).toThrow(
    /use a folder as asset/,
  );
});
