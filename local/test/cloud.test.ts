import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { App, CfnOutput, Stack } from "aws-cdk-lib";
import { AttributeType, Table } from "aws-cdk-lib/aws-dynamodb";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { CfnRole } from "aws-cdk-lib/aws-iam";
import { CfnPermission, Code, Function as LambdaFn, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { DefinitionBody, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCloud, type Cloud, type Happening } from "../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "cloud-"));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * Writes the order it is given into the table, whether it comes in an event or by itself. The call is written out as
 * the SDK makes it, so that nothing has to be bundled.
 */
const handler = `
const https = require("node:https");
const dynamodb = (operation, input) => new Promise((resolve, reject) => {
  const request = https.request({
    method: "POST", hostname: "dynamodb." + process.env.AWS_REGION + ".amazonaws.com", path: "/",
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "DynamoDB_20120810." + operation },
  }, (response) => {
    let body = "";
    response.on("data", (chunk) => (body += chunk));
    response.on("end", () => {
      const answer = JSON.parse(body);
      if (response.statusCode === 200) return resolve(answer);
      reject(Object.assign(new Error(answer.message ?? answer.Message), { name: answer.__type.split("#").pop() }));
    });
  });
  request.on("error", reject);
  request.end(JSON.stringify(input));
});
exports.handler = async (event) => {
  const order = event.detail ?? event;
  try {
    await dynamodb("PutItem", { TableName: process.env.TABLE_NAME, Item: { orderId: { S: order.orderId } } });
  } catch (error) {
    console.log(error.message);
    throw error;
  }
  return { saved: order.orderId };
};
`;

/** A shop whose orders reach one function over a bus, or over a state machine. */
function synthesize(
  name: string,
  change: (shop: { stack: Stack; table: Table; save: LambdaFn; machine: StateMachine }) => void,
): string {
  const outdir = join(folder, name);
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, "Shop");
  const table = new Table(stack, "Orders", { partitionKey: { name: "orderId", type: AttributeType.STRING } });
  const log = new LogGroup(stack, "Log", { retention: RetentionDays.ONE_WEEK });
  const save = new LambdaFn(stack, "Save", {
    code: Code.fromAsset(join(folder, "code")),
    handler: "index.handler",
    runtime: Runtime.NODEJS_24_X,
    environment: { TABLE_NAME: table.tableName },
    logGroup: log,
  });
  const bus = new EventBus(stack, "Bus");
  const parked = new Queue(stack, "Parked");
  new Rule(stack, "WhenPlaced", {
    eventBus: bus,
    eventPattern: { detailType: ["OrderPlaced"] },
    targets: [new LambdaFunction(save, { deadLetterQueue: parked, retryAttempts: 2 })],
  });
  const machine = new StateMachine(stack, "Saga", {
    definitionBody: DefinitionBody.fromChainable(
      new LambdaInvoke(stack, "SaveOrder", {
        lambdaFunction: save,
        payloadResponseOnly: true,
        retryOnServiceExceptions: false,
      }),
    ),
  });
  for (const [output, value] of Object.entries({
    TableName: table.tableName,
    BusName: bus.eventBusName,
    MachineArn: machine.stateMachineArn,
    ParkedUrl: parked.queueUrl,
    LogArn: log.logGroupArn,
  })) {
    new CfnOutput(stack, output, { value });
  }
  change({ stack, table, save, machine });
  app.synth();
  return outdir;
}

beforeAll(() => {
  process.env["CDK_VALIDATION"] = "false";
  mkdirSync(join(folder, "code"));
  writeFileSync(join(folder, "code", "index.js"), handler);
  synthesize("granted", ({ table, save }) => table.grantWriteData(save));
}, 30_000);

const correlate = (payload: unknown) => (payload as { orderId?: string }).orderId;

async function open(
  assembly: string,
): Promise<{ cloud: Cloud; happenings: Happening[]; outputs: Readonly<Record<string, string>> }> {
  const happenings: Happening[] = [];
  const cloud = await openCloud({
    assemblies: [join(folder, assembly)],
    correlate,
    onHappening: (happening) => happenings.push(happening),
  });
  return { cloud, happenings, outputs: cloud.stacks.get("Shop")!.outputs };
}

const placed = (orderId: string, EventBusName: string) => ({
  Source: "shop",
  DetailType: "OrderPlaced",
  Detail: JSON.stringify({ orderId }),
  EventBusName,
});

test("a deployed stack tells its outputs, and its resources by logical id", async () => {
  const { cloud, outputs } = await open("granted");
  const { resources } = cloud.stacks.get("Shop")!;
  const [logicalId, log] = Object.entries(resources).find(([, { type }]) => type === "AWS::Logs::LogGroup")!;
  expect(log.physicalId).toBe(`Shop-${logicalId}`);
  expect(log.attributes).toEqual({ Arn: `arn:aws:logs:eu-west-2:000000000000:log-group:Shop-${logicalId}:*` });
  expect(outputs["LogArn"]).toBe(log.attributes["Arn"]);
});

test("an event on the bus wakes the function, which writes to the table", async () => {
  const { cloud, happenings, outputs } = await open("granted");
  const events = new EventBridgeClient(cloud.clientConfig());
  const answer = await events.send(
    new PutEventsCommand({ Entries: [placed("a", outputs["BusName"]!), placed("b", outputs["BusName"]!)] }),
  );
  expect(answer.FailedEntryCount).toBe(0);
  expect(answer.Entries).toHaveLength(2);
  await cloud.run();
  const table = new DynamoDBClient(cloud.clientConfig());
  for (const orderId of ["a", "b"]) {
    // oxlint-disable-next-line no-await-in-loop
    const { Item } = await table.send(
      new GetItemCommand({ TableName: outputs["TableName"]!, Key: { orderId: { S: orderId } } }),
    );
    expect(Item).toEqual({ orderId: { S: orderId } });
  }
  const writes = happenings.filter(({ type }) => type === "ItemChanged");
  expect(writes.map(({ correlationId }) => correlationId)).toEqual(["a", "b"]);
  expect(happenings.map(({ sequence }) => sequence)).toEqual(happenings.map((_happening, index) => index + 1));
});

test("an execution of the state machine does the same", async () => {
  const { cloud, happenings, outputs } = await open("granted");
  const states = new SFNClient(cloud.clientConfig());
  const { executionArn } = await states.send(
    new StartExecutionCommand({ stateMachineArn: outputs["MachineArn"]!, input: JSON.stringify({ orderId: "c" }) }),
  );
  await cloud.run();
  const { status, output } = await states.send(new DescribeExecutionCommand({ executionArn }));
  expect({ status, output: JSON.parse(output!) as unknown }).toEqual({ status: "SUCCEEDED", output: { saved: "c" } });
  expect(happenings.find(({ type }) => type === "ItemChanged")?.correlationId).toBe("c");
});

/** All that happens from one event, as text. */
async function oneRun(): Promise<string> {
  const { cloud, happenings, outputs } = await open("granted");
  await new EventBridgeClient(cloud.clientConfig()).send(
    new PutEventsCommand({ Entries: [placed("a", outputs["BusName"]!)] }),
  );
  await cloud.run();
  return JSON.stringify(happenings);
}

test("the same run gives the same happenings", async () => {
  const first = await oneRun();
  expect(await oneRun()).toBe(first);
});

test("a function without the grant fails as on AWS, is tried three times, and nothing is written", async () => {
  synthesize("ungranted", () => {});
  const { cloud, happenings, outputs } = await open("ungranted");
  await new EventBridgeClient(cloud.clientConfig()).send(
    new PutEventsCommand({ Entries: [placed("a", outputs["BusName"]!)] }),
  );
  await cloud.run();
  const ended = happenings.filter((happening) => happening.type === "InvocationEnded");
  expect(ended.map(({ error }) => error)).toEqual([
    "AccessDeniedException",
    "AccessDeniedException",
    "AccessDeniedException",
  ]);
  const calls = happenings.filter((happening) => happening.type === "AwsCall" && happening.service === "dynamodb");
  expect(calls).toHaveLength(3);
  expect(calls[0]).toMatchObject({ operation: "PutItem", error: "AccessDeniedException", correlationId: "a" });
  expect(happenings.some(({ type }) => type === "ItemChanged")).toBe(false);
  const logged = happenings.flatMap((happening) => (happening.type === "Log" ? happening.line : []));
  expect(logged.join("\n")).toContain(
    "is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-2:000000000000:table/",
  );
});

test("a state machine without the grant fails its task as on AWS", async () => {
  synthesize("ungranted-machine", ({ machine, table, save }) => {
    table.grantWriteData(save);
    machine.role.node.tryRemoveChild("DefaultPolicy");
  });
  const { cloud, outputs } = await open("ungranted-machine");
  const states = new SFNClient(cloud.clientConfig());
  const { executionArn } = await states.send(
    new StartExecutionCommand({ stateMachineArn: outputs["MachineArn"]!, input: JSON.stringify({ orderId: "c" }) }),
  );
  await cloud.run();
  const { status, cause } = await states.send(new DescribeExecutionCommand({ executionArn }));
  expect(status).toBe("FAILED");
  expect(cause).toMatch(
    /perform: lambda:InvokeFunction on resource: arn:aws:lambda:.* because no identity-based policy allows/,
  );
});

test("a rule without the permission to invoke parks its event in the dead-letter queue at once", async () => {
  synthesize("unpermitted", ({ stack, table, save }) => {
    table.grantWriteData(save);
    for (const construct of stack.node.findAll())
      if (construct instanceof CfnPermission) construct.node.scope?.node.tryRemoveChild(construct.node.id);
  });
  const { cloud, outputs } = await open("unpermitted");
  const startMs = cloud.nowMs;
  await new EventBridgeClient(cloud.clientConfig()).send(
    new PutEventsCommand({ Entries: [placed("a", outputs["BusName"]!)] }),
  );
  await cloud.run({ untilMs: startMs + 1000 });
  const queues = new SQSClient(cloud.clientConfig());
  const { Messages } = await queues.send(
    new ReceiveMessageCommand({ QueueUrl: outputs["ParkedUrl"]!, MessageAttributeNames: ["All"] }),
  );
  expect(Messages?.[0]?.MessageAttributes?.["ERROR_CODE"]?.StringValue).toBe("NO_PERMISSIONS");
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl: outputs["ParkedUrl"]!, AttributeNames: ["QueueArn"] }),
  );
  expect(Attributes?.["QueueArn"]).toMatch(/^arn:aws:sqs:eu-west-2:000000000000:/);
});

test("a function whose role trusts another service is refused as on AWS, before anything runs", async () => {
  synthesize("mistrusted", ({ save }) => {
    const role = save.role!.node.defaultChild as CfnRole;
    role.addPropertyOverride("AssumeRolePolicyDocument.Statement.0.Principal.Service", "events.amazonaws.com");
  });
  await expect(open("mistrusted")).rejects.toThrow(
    "The role defined for the function cannot be assumed by Lambda. (at stack Shop, resource Save",
  );
});

test("an app with a resource that is not known here is refused by its name", async () => {
  synthesize("bucket", ({ stack }) => void new Bucket(stack, "Files"));
  await expect(open("bucket")).rejects.toThrow("the resource type AWS::S3::Bucket (at stack Shop, resource Files");
});
