import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import {
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { App, CfnOutput, CfnParameter, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, Table, type TableProps } from "aws-cdk-lib/aws-dynamodb";
import { CfnRule, Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { AccountRootPrincipal, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type CfnFunction, Code, Function as LambdaFn, Runtime } from "aws-cdk-lib/aws-lambda";
import { DefinitionBody, Pass, Result, StateMachine, Wait, WaitTime } from "aws-cdk-lib/aws-stepfunctions";
import { afterAll, describe, expect, test } from "vitest";
import { openCloud, type Cloud, type CloudOptions, type Faults, type Happening } from "../src/index.ts";

const folder = mkdtempSync(join(tmpdir(), "update-"));
afterAll(() => rmSync(folder, { recursive: true }));
process.env["CDK_VALIDATION"] = "false";

interface Shop {
  readonly code?: string;
  /** Where the code is, which otherwise has a folder of its own. */
  readonly codeFolder?: string;
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
  const { codeFolder = join(folder, name, "code") } = rest;
  mkdirSync(codeFolder, { recursive: true });
  writeFileSync(join(codeFolder, "index.js"), `exports.handler = async () => { ${code} };`);
  const context = { "aws:cdk:disable-asset-staging": rest.codeFolder !== undefined };
  const app = new App({ outdir: join(folder, name, "out"), analyticsReporting: false, context });
  const stack = new Stack(app, "Shop");
  const handler = new LambdaFn(stack, "Handler", {
    code: Code.fromAsset(codeFolder),
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

/** Lets time go on until there is an answer. */
async function whenAnswered<Answer>(cloud: Cloud, asked: Promise<Answer>): Promise<Answer> {
  const over = new AbortController();
  const end = () => over.abort();
  asked.then(end, end);
  while (!over.signal.aborted) await cloud.run();
  return asked;
}

async function open(given: Shop = {}, options: Partial<CloudOptions> = {}) {
  const happenings: Happening[] = [];
  const assembly = shop(given);
  const cloud: Cloud = await openCloud({
    ...options,
    assemblies: [assembly],
    onHappening: (happening) => happenings.push(happening),
  });
  const config = cloud.clientConfig();
  const { machine, handler, table } = cloud.stacks.get("Shop")!.outputs;
  const [states, lambda] = [new SFNClient(config), new LambdaClient(config)];
  const invoke = (more: object = {}) => lambda.send(new InvokeCommand({ FunctionName: handler!, ...more }));
  return {
    assembly,
    cloud,
    happenings,
    table: table!,
    handler: Object.values(cloud.stacks.get("Shop")!.resources).find(({ physicalId }) => physicalId === handler)!,
    dynamodb: new DynamoDBClient(config),
    events: new EventBridgeClient(config),
    start: async () => (await states.send(new StartExecutionCommand({ stateMachineArn: machine! }))).executionArn!,
    outputOf: async (executionArn: string) =>
      (await states.send(new DescribeExecutionCommand({ executionArn }))).output,
    invoke,
    /** What each of so many invocations at once answers. */
    answers: async (Qualifier?: string, atOnce = 1) => {
      const asked = Promise.all(Array.from({ length: atOnce }, () => invoke(Qualifier ? { Qualifier } : {})));
      return (await whenAnswered(cloud, asked)).map(({ Payload }) => JSON.parse(text(Payload)) as unknown);
    },
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

const reserving = (id: string) => (stack: Stack, shown: LambdaFn) => {
  const { runtime } = shown;
  const code = Code.fromAsset(join(folder, "shop-1/code"));
  new LambdaFn(stack, id, { runtime, code, handler: "index.handler", reservedConcurrentExecutions: 850 });
  shown.addPermission("Any", { principal: new ServicePrincipal("events.amazonaws.com") });
};

const limited = (_: Stack, handler: LambdaFn) =>
  void ((handler.node.defaultChild as CfnFunction).reservedConcurrentExecutions = 1);

/** A rule that only EventBridge itself refuses, when the function is changed already. */
const unheard = (stack: Stack, handler: LambdaFn) =>
  new CfnRule(stack, "Unheard", { eventPattern: { source: "no list" } }).node.addDependency(handler);

/** Takes some time, so that what comes at once runs at once. */
const counting = (name: string) => `
  globalThis.count = (globalThis.count ?? 0) + 1;
  await new Promise((resolve) => setTimeout(resolve, 1));
  return "${name}" + count;`;

const ofAllKinds = (stack: Stack, handler: LambdaFn) => {
  publishing(stack, handler);
  other(stack, handler);
  clerk(true)(stack);
};

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
    const answers = ["1", "2", "$LATEST"].map((Qualifier) => whenAnswered(cloud, invoke({ Qualifier })));
    const told = (await Promise.all(answers)).map(({ Payload, ExecutedVersion }) => [ExecutedVersion, text(Payload)]);
    expect(told).toEqual([
      ["1", "1"],
      ["2", "2"],
      ["$LATEST", "2"],
    ]);
  });

  test("is undone by a reset: what happens then is what happens in a cloud just opened", async () => {
    const first = shop({ code: `console.log("first");`, more: ofAllKinds });
    const told: Happening[] = [];
    const cloud = await openCloud({ assemblies: [first], onHappening: (happening) => told.push(happening) });
    const config = cloud.clientConfig();
    const { machine, table } = cloud.stacks.get("Shop")!.outputs;
    const live = async () => {
      told.length = 0;
      await new DynamoDBClient(config).send(new PutItemCommand({ TableName: table!, Item: { id: { S: "a" } } }));
      await new SFNClient(config).send(new StartExecutionCommand({ stateMachineArn: machine! }));
      const Entries = [{ Source: "shop", DetailType: "Placed", Detail: "{}" }];
      await new EventBridgeClient(config).send(new PutEventsCommand({ Entries }));
      await cloud.run();
      const scan = await new DynamoDBClient(config).send(new ScanCommand({ TableName: table! }));
      return [scan.Items, cloud.nowMs, told.map(({ sequence: _sequence, ...happening }) => happening)];
    };
    const [stacks, before] = [[...cloud.stacks], await live()];
    cloud.update([shop({ code: `console.log("second");`, revision: 2, detailType: "Shipped" })]);
    await new EventBridgeClient(config).send(
      new PutEventsCommand({ Entries: [{ Source: "shop", DetailType: "Shipped", Detail: "{}" }] }),
    );
    await cloud.run();
    cloud.reset();
    expect([...cloud.stacks]).toEqual(stacks);
    expect(await live()).toEqual(before);
    cloud.reset();
    expect(await live()).toEqual(before);
  });

  test("takes away, once a reset undoes it, what was made beside the stacks, as no other reset does", async () => {
    const { assembly, cloud, events } = await open();
    const ownRules = async () => {
      const { Rules } = await events.send(new ListRulesCommand({ NamePrefix: "own" }));
      return Rules!.map(({ Name }) => Name);
    };
    await events.send(new PutRuleCommand({ Name: "own", EventPattern: '{"source":["own"]}' }));
    cloud.reset();
    expect(await ownRules()).toEqual(["own"]);
    cloud.update([assembly]);
    expect(await ownRules()).toEqual(["own"]);
    cloud.reset();
    expect(await ownRules()).toEqual([]);
  });

  test("is forgotten by a reset with the permissions and reservations that it brought", async () => {
    const { cloud, events, handler, endings } = await open();
    const told = async () => {
      await events.send(new PutRuleCommand({ Name: "own", EventPattern: '{"source":["own"]}' }));
      await events.send(new PutTargetsCommand({ Rule: "own", Targets: [{ Id: "1", Arn: handler.attributes["Arn"] }] }));
      await events.send(new PutEventsCommand({ Entries: [{ Source: "own", DetailType: "Own", Detail: "{}" }] }));
      await cloud.run();
      return endings().length;
    };
    cloud.update([shop({ more: reserving("One") })]);
    expect(await told()).toBe(1);
    cloud.reset();
    expect(await told()).toBe(1);
    expect(() => cloud.update([shop({ more: reserving("Other") })])).not.toThrow();
  });

  test("and a reset leave the environments of each version warm, for the function made of the very same", async () => {
    const { assembly: first, cloud, answers } = await open({ code: counting("first") });
    const second = shop({ code: counting("second") });
    const life = async () => {
      const told = [await answers(), await answers()];
      cloud.update([second]);
      told.push(await answers());
      // As any update does, this one begins new environments.
      cloud.update([first]);
      told.push(await answers());
      cloud.reset();
      return told.flat();
    };
    expect(await life()).toEqual(["first1", "first2", "second1", "first1"]);
    expect(await life()).toEqual(["first2", "first3", "second2", "first1"]);
    // Each of what runs at once has an environment of its own.
    expect(new Set(await answers(undefined, 4))).toEqual(new Set(["first1", "first2", "first3", "first4"]));
    for (let lives = 0; lives < 2; lives += 1) {
      cloud.update([second]);
      await answers();
      cloud.reset();
    }
    cloud.update([second]);
    expect(new Set(await answers(undefined, 2))).toEqual(new Set(["second1", "second5"]));
  });

  test("runs the code that is in the folder when the folder stays the same", async () => {
    const codeFolder = join(folder, "written-again");
    const { cloud, answers } = await open({ codeFolder, code: "return 1;" });
    expect(await answers()).toEqual([1]);
    cloud.update([shop({ codeFolder, code: "return 2;" })]);
    cloud.reset();
    cloud.update([shop({ codeFolder, code: "return 'three';" })]);
    expect(await answers()).toEqual(["three"]);
  });

  test.each([true, false])("and a reset leave no try that a fault struck (with an update: %s)", async (isUpdated) => {
    let isStruck = true;
    const faults: Faults = { onInvocation: () => (isStruck ? "crash" : undefined) };
    const { cloud, invoke, answers, happenings } = await open({ more: limited }, { faults });
    invoke().catch(() => {});
    await cloud.run({ done: () => happenings.some(({ type }) => type === "InvocationStarted") });
    expect(happenings.at(-1)?.type).toBe("InvocationStarted");
    if (isUpdated) cloud.update([shop({ code: "return 2;", more: limited })]);
    cloud.reset();
    isStruck = false;
    expect(await answers()).toEqual([1]);
  });

  test("is undone by a reset even where a service refused it half-way", async () => {
    const { cloud, answers } = await open({ code: "return 1;" });
    expect(() => cloud.update([shop({ code: "return 2;", more: unheard })])).toThrow("Event pattern is not valid");
    cloud.reset();
    expect(await answers()).toEqual([1]);
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
