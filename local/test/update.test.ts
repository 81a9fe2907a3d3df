import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { App, CfnOutput, CfnParameter, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, Table, type TableProps } from "aws-cdk-lib/aws-dynamodb";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { AccountRootPrincipal, Role } from "aws-cdk-lib/aws-iam";
import { Code, Function as LambdaFn, Runtime } from "aws-cdk-lib/aws-lambda";
import { DefinitionBody, Pass, Result, StateMachine, Wait, WaitTime } from "aws-cdk-lib/aws-stepfunctions";
import { afterAll, describe, expect, test } from "vitest";
import { openCloud, type Cloud, type Happening } from "../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "update-"));
afterAll(() => rmSync(folder, { recursive: true }));
process.env["CDK_VALIDATION"] = "false";

interface Shop {
  readonly code?: string;
  readonly revision?: number;
  readonly detailType?: string;
  readonly table?: Partial<TableProps>;
  readonly machineName?: string;
  readonly withoutTable?: boolean;
  readonly more?: (stack: Stack, handler: LambdaFn) => void;
}

const partitionKey = { name: "id", type: AttributeType.STRING };

let assemblies = 0;

/** A shop with one of each, as it stands after so many changes. */
function shop({ code = "return 1;", revision = 1, detailType = "Placed", ...rest }: Shop): string {
  const name = `shop-${(assemblies += 1)}`;
  mkdirSync(join(folder, name, "code"), { recursive: true });
  writeFileSync(join(folder, name, "code/index.js"), `exports.handler = async () => { ${code} };`);
  const app = new App({ outdir: join(folder, name, "out"), analyticsReporting: false });
  const stack = new Stack(app, "Shop");
  const handler = new LambdaFn(stack, "Handler", {
    code: Code.fromAsset(join(folder, name, "code")),
    handler: "index.handler",
    runtime: Runtime.NODEJS_24_X,
    environment: { REVISION: String(revision) },
  });
  new Rule(stack, "When", { eventPattern: { detailType: [detailType] }, targets: [new LambdaFunction(handler)] });
  const wait = new Wait(stack, "Wait", { time: WaitTime.duration(Duration.minutes(1)) });
  const machine = new StateMachine(stack, "Machine", {
    definitionBody: DefinitionBody.fromChainable(
      wait.next(new Pass(stack, "Tell", { result: Result.fromNumber(revision) })),
    ),
    ...(rest.machineName !== undefined && { stateMachineName: rest.machineName }),
  });
  const outputs: Record<string, string> = { machine: machine.stateMachineArn, handler: handler.functionName };
  if (!rest.withoutTable) outputs["table"] = new Table(stack, "Table", { partitionKey, ...rest.table }).tableName;
  rest.more?.(stack, handler);
  for (const [output, value] of Object.entries(outputs)) new CfnOutput(stack, output, { value });
  app.synth();
  return join(folder, name, "out");
}

async function open(given: Shop = {}) {
  const happenings: Happening[] = [];
  const cloud: Cloud = await openCloud({
    assemblies: [shop(given)],
    onHappening: (happening) => happenings.push(happening),
  });
  const config = cloud.clientConfig();
  const { machine, handler, table } = cloud.stacks.get("Shop")!.outputs;
  const [states, lambda] = [new SFNClient(config), new LambdaClient(config)];
  return {
    cloud,
    table: table!,
    dynamodb: new DynamoDBClient(config),
    events: new EventBridgeClient(config),
    start: async () => (await states.send(new StartExecutionCommand({ stateMachineArn: machine! }))).executionArn!,
    outputOf: async (executionArn: string) =>
      (await states.send(new DescribeExecutionCommand({ executionArn }))).output,
    invoke: (more: object = {}) => lambda.send(new InvokeCommand({ FunctionName: handler!, ...more })),
    /** How each invocation ended: with an error, or as undefined. */
    endings: () => happenings.flatMap((each) => (each.type === "InvocationEnded" ? [each.error] : [])),
    wait: (seconds: number) => cloud.run({ untilMs: cloud.nowMs + seconds * 1000 }),
  };
}

const other = (stack: Stack, handler: LambdaFn) =>
  void new Rule(stack, "Other", { eventPattern: { source: ["shop"] }, targets: [new LambdaFunction(handler)] });

const clerk = (mayRead: boolean) => (stack: Stack) => {
  const role = new Role(stack, "Clerk", { roleName: "clerk", assumedBy: new AccountRootPrincipal() });
  if (mayRead) (stack.node.findChild("Table") as Table).grantReadData(role);
};

const publishing = (_: Stack, handler: LambdaFn) => handler.currentVersion.applyRemovalPolicy(RemovalPolicy.RETAIN);

const text = (payload: Uint8Array | undefined) => Buffer.from(payload ?? []).toString();

describe("an update of the deployed stacks", () => {
  test("lets executions that run keep their definition, and gives others the new one", async () => {
    const { cloud, start, outputOf, wait } = await open({ revision: 1 });
    const before = await start();
    await wait(30);
    cloud.update([shop({ revision: 2 })]);
    const after = await start();
    await cloud.run();
    expect([await outputOf(before), await outputOf(after)]).toEqual(["1", "2"]);
  });

  test("changes the code and settings of functions for every try that begins", async () => {
    const { cloud, invoke, endings, wait } = await open({ code: `throw new RangeError("old");` });
    await invoke({ InvocationType: "Event" });
    await wait(1);
    cloud.update([shop({ code: "return process.env.REVISION;", revision: 2 })]);
    // The event that waits in the queue is tried again with the new code.
    await cloud.run();
    expect(endings()).toEqual(["RangeError", undefined]);
    const answer = invoke();
    await cloud.run();
    expect(text((await answer).Payload)).toBe('"2"');
  });

  test("changes rules, and takes those away that are gone", async () => {
    const { cloud, events, endings } = await open({ more: other });
    const put = async (DetailType: string) => {
      const before = endings().length;
      await events.send(new PutEventsCommand({ Entries: [{ Source: "shop", DetailType, Detail: "{}" }] }));
      await cloud.run();
      return endings().length - before;
    };
    expect([await put("Placed"), await put("Shipped")]).toEqual([2, 1]);
    cloud.update([shop({ detailType: "Shipped" })]);
    expect([await put("Placed"), await put("Shipped")]).toEqual([0, 1]);
    cloud.update([shop({ detailType: "Shipped", more: other })]);
    expect([await put("Placed"), await put("Shipped")]).toEqual([1, 2]);
  });

  test("keeps what tables hold, and what a role may do is what the new template says", async () => {
    const { cloud, table, dynamodb } = await open({ more: clerk(true) });
    await dynamodb.send(new PutItemCommand({ TableName: table, Item: { id: { S: "a" } } }));
    const read = async () => {
      const roleArn = "arn:aws:iam::000000000000:role/clerk";
      const client = new DynamoDBClient({ ...cloud.clientConfig({ roleArn }), maxAttempts: 1 });
      return (await client.send(new GetItemCommand({ TableName: table, Key: { id: { S: "a" } } }))).Item;
    };
    expect(await read()).toEqual({ id: { S: "a" } });
    cloud.update([shop({ more: clerk(false) })]);
    await expect(read()).rejects.toThrow("is not authorized to perform: dynamodb:GetItem");
    cloud.update([shop({ more: clerk(true) })]);
    expect(await read()).toEqual({ id: { S: "a" } });
  });

  test("keeps the code of a published version", async () => {
    const { cloud, invoke } = await open({ code: "return 1;", more: publishing });
    cloud.update([shop({ code: "return 2;", more: publishing })]);
    const answers = ["1", "2", "$LATEST"].map((Qualifier) => invoke({ Qualifier }));
    await cloud.run();
    const told = (await Promise.all(answers)).map(({ Payload, ExecutedVersion }) => [ExecutedVersion, text(Payload)]);
    expect(told).toEqual([
      ["1", "1"],
      ["2", "2"],
      ["$LATEST", "2"],
    ]);
  });

  test.each<[string, Shop, RegExp]>([
    [
      "another key of a table",
      { table: { partitionKey: { ...partitionKey, name: "other" } } },
      /a change of KeySchema of AWS::DynamoDB::Table/,
    ],
    [
      "another name of a machine",
      { machineName: "other" },
      /a change of StateMachineName of AWS::StepFunctions::StateMachine/,
    ],
    ["a table that is gone", { withoutTable: true }, /the removal of AWS::DynamoDB::Table/],
    ["a parameter", { more: (stack) => void new CfnParameter(stack, "P", { default: "p" }) }, /a change of Parameters/],
  ])("is refused by name, before anything changes: %s", async (_, change, message) => {
    const { cloud, invoke } = await open({ table: { removalPolicy: RemovalPolicy.DESTROY } });
    const table = { removalPolicy: RemovalPolicy.DESTROY, ...change.table };
    expect(() => cloud.update([shop({ code: "return 2;", ...change, table })])).toThrow(message);
    const answer = invoke();
    await cloud.run();
    expect(text((await answer).Payload)).toBe("1");
  });
});
