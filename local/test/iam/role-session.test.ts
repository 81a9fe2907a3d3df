import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { App, CfnOutput, Stack } from "aws-cdk-lib";
import { AttributeType, Table } from "aws-cdk-lib/aws-dynamodb";
import { EventBus } from "aws-cdk-lib/aws-events";
import { AccountRootPrincipal, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCloud, type Cloud, type Happening } from "../../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "role-session-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A shop whose customers may write their own wishes into its table and tell of them, and no more. */
function synthesize(): void {
  const app = new App({ outdir: folder, analyticsReporting: false });
  const stack = new Stack(app, "Shop");
  const table = new Table(stack, "Orders", {
    partitionKey: { name: "pk", type: AttributeType.STRING },
    sortKey: { name: "sk", type: AttributeType.STRING },
  });
  const bus = new EventBus(stack, "Bus");
  const customer = new Role(stack, "Customer", { assumedBy: new AccountRootPrincipal() });
  customer.addToPolicy(
    new PolicyStatement({
      actions: ["dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"],
      resources: [table.tableArn],
      conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["WISH#*"] } },
    }),
  );
  customer.addToPolicy(
    new PolicyStatement({
      actions: ["events:PutEvents"],
      resources: [bus.eventBusArn],
      conditions: { StringEquals: { "events:source": "shop", "events:detail-type": ["Wished", "Changed"] } },
    }),
  );
  const clerk = new Role(stack, "Clerk", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  const outputs = { Table: table.tableName, Bus: bus.eventBusName, Customer: customer.roleArn, Clerk: clerk.roleArn };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, `${name}Out`, { value });
  app.synth();
}

let cloud: Cloud;
let outputs: Readonly<Record<string, string>>;
const happenings: Happening[] = [];
beforeAll(async () => {
  process.env["CDK_VALIDATION"] = "false";
  synthesize();
  cloud = await openCloud({ assemblies: [folder], correlate, onHappening: (happening) => happenings.push(happening) });
  outputs = cloud.stacks.get("Shop")!.outputs;
}, 30_000);

const denied = { name: "AccessDeniedException" };
const customer = () => cloud.clientConfig({ roleArn: outputs["CustomerOut"]!, sessionName: "ann" });
const put = (...Entries: object[]) => new EventBridgeClient(customer()).send(new PutEventsCommand({ Entries }));
const table = () => ({ TableName: outputs["TableOut"]! });
const dynamodb = () => new DynamoDB(customer());
const entry = (change: object = {}) => ({
  EventBusName: outputs["BusOut"]!,
  Source: "shop",
  DetailType: "Wished",
  Detail: '{"wish":"w-1"}',
  ...change,
});
const correlate = (payload: unknown) => (payload as { wish?: string }).wish;
const item = (pk: string) => ({ pk: { S: pk }, sk: { S: "x" } });

test("a client in a session of a role is that role to the cloud", async () => {
  const key = { TableName: outputs["TableOut"]!, Key: item("WISH#0") };
  await new DynamoDB(customer()).getItem(key);
  const call = happenings.findLast(({ type }) => type === "AwsCall") as { caller?: string };
  expect(call.caller).toMatch(/^arn:aws:sts::000000000000:assumed-role\/Shop-Customer\w+\/ann$/);
});

test("the operator cannot take on a role that trusts a service alone", () => {
  const as = { roleArn: outputs["ClerkOut"]! };
  expect(() => cloud.clientConfig(as)).toThrow("is not authorized to perform: sts:AssumeRole");
});

describe("dynamodb:LeadingKeys", () => {
  test("lets a caller write and read items of the keys it names", async () => {
    await dynamodb().putItem({ ...table(), Item: item("WISH#1") });
    expect(await dynamodb().getItem({ ...table(), Key: item("WISH#1") })).toMatchObject({ Item: item("WISH#1") });
    const transaction = { TransactItems: [{ Put: { ...table(), Item: item("WISH#2") } }] };
    await expect(dynamodb().transactWriteItems(transaction)).resolves.toBeDefined();
  });

  test("keeps it from every other item, whatever else the call is about", async () => {
    await expect(dynamodb().putItem({ ...table(), Item: item("ORDER#1") })).rejects.toMatchObject(denied);
    await expect(dynamodb().getItem({ ...table(), Key: item("ORDER#1") })).rejects.toMatchObject(denied);
    const Put = (pk: string) => ({ Put: { ...table(), Item: item(pk) } });
    const transaction = { TransactItems: [Put("WISH#3"), Put("ORDER#1")] };
    await expect(dynamodb().transactWriteItems(transaction)).rejects.toMatchObject(denied);
    const RequestItems = { [outputs["TableOut"]!]: { Keys: [item("WISH#1"), item("ORDER#1")] } };
    await expect(dynamodb().batchGetItem({ RequestItems })).rejects.toMatchObject(denied);
    await expect(dynamodb().scan(table())).rejects.toMatchObject(denied);
  });

  test("is refused by name for a Query, whose keys stand in an expression", async () => {
    const ExpressionAttributeValues = { ":pk": { S: "WISH#1" } };
    const query = { ...table(), KeyConditionExpression: "pk = :pk", ExpressionAttributeValues };
    await expect(dynamodb().query(query)).rejects.toThrow("the condition key dynamodb:LeadingKeys");
  });
});

describe("events:source and events:detail-type", () => {
  test("let a caller put the events they name", async () => {
    expect(await put(entry(), entry({ DetailType: "Changed" }))).toMatchObject({ FailedEntryCount: 0 });
    const published = happenings.findLast(({ type }) => type === "EventPublished");
    expect(published).toMatchObject({ detailType: "Changed", correlationId: "w-1" });
  });

  test.each([[{ DetailType: "Granted" }], [{ Source: "lambda" }], [{ Source: undefined }]])(
    "keep out an event with %j, and all that is put with it",
    async (change) => {
      const before = happenings.length;
      await expect(put(entry(), entry(change))).rejects.toMatchObject(denied);
      expect(happenings.slice(before)).toMatchObject([{ type: "AwsCall", error: "AccessDeniedException" }]);
    },
  );
});
