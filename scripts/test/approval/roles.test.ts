import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { eventSource, refOf } from "@ovsc/shared";
import { readEvidence } from "@ovsc/shared/aws";
import { grantsOf } from "@ovsc/shared/variant";
import { beforeAll, describe, expect, test } from "vitest";
import { decideAbout } from "../../src/commands/decide-approval.ts";
import { exit } from "../../src/failure.ts";
import { judge } from "../../src/judgement/judge.ts";
import { above } from "../../src/runs/approvers.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { variantNamed } from "../../src/variants.ts";
import { isWhole } from "../family.ts";
import { valid } from "../saga.ts";
import { openWaiting, small } from "./waiting.ts";

const denied = { name: expect.stringMatching(/^AccessDenied/) as string };
const onTable = ["dynamodb:GetItem", "dynamodb:UpdateItem"];

/** How an approver of each variant says that it is time to look. */
const words = {
  choreography: ["events:PutEvents"],
  orchestration: ["states:SendTaskSuccess"],
  hybrid: ["events:PutEvents", "states:SendTaskSuccess"],
  durable: ["lambda:SendDurableExecutionCallbackSuccess"],
};

describe.each(Object.entries(words))("an approver of the %s", (name, says) => {
  const variant = variantNamed(name);
  let opened: Awaited<ReturnType<typeof openWaiting>>;
  beforeAll(async () => {
    opened = await openWaiting(variant);
  }, 60_000);

  test("is granted its decision and its word, and nothing else", async () => {
    const { template } = opened;
    const statements = grantsOf(template, "Approver");
    expect(statements.flatMap(({ Action }) => Action).toSorted()).toEqual([...onTable, ...says].toSorted());
    // A task token stands for itself: no resource names it.
    for (const { Action, Resource } of statements)
      expect(Resource === "*", JSON.stringify(Action)).toBe(Action === "states:SendTaskSuccess");
  });

  test("neither places nor says anything else; small orders wait for nobody", async () => {
    const { deployment, stack } = opened;
    await deployment.reset();
    const { client, table } = stack.asApprover!;
    const { outputs } = stack;
    const Item = { pk: "PLACEMENT#mine", sk: "PLACEMENT" };
    const Key = { pk: "STOCK#TEAPOT", sk: "STOCK" };
    const fill = { Key, UpdateExpression: "SET available = :a", ExpressionAttributeValues: { ":a": 9 } };
    const paid = { Source: eventSource, DetailType: "PaymentCharged", Detail: "{}", EventBusName: outputs["BusName"] };
    const stateMachineArn = outputs["StateMachineArn"];
    const FunctionName = outputs["WorkflowArn"];
    const attempts = [
      table.client.send(new PutCommand({ TableName: table.name, Item })),
      table.client.send(new UpdateCommand({ TableName: table.name, ...fill })),
      client(EventBridgeClient).send(new PutEventsCommand({ Entries: [paid] })),
      ...(stateMachineArn ? [client(SFNClient).send(new StartExecutionCommand({ stateMachineArn }))] : []),
      ...(FunctionName ? [client(LambdaClient).send(new InvokeCommand({ FunctionName }))] : []),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject(denied);
    expect(judge(small, { [name]: await runBatch(small, deployment) })).toEqual(valid);
  });

  test("hears whose decision counts", async () => {
    const { deployment } = opened;
    await deployment.reset();
    const batch = above({ name: "told", ends: "SHIPPED" });
    const [{ order }] = batch.placements as [(typeof batch.placements)[0]];
    const decide = (by: string, decision: "granted" | "denied") =>
      decideAbout(deployment, order.orderId, { by, decision });
    expect(await decide("ada", "granted")).toMatchObject({
      exitCode: exit.unknown,
      says: `there is no order ${order.orderId} in the embedded cloud, in this process`,
    });
    await runBatch(small, deployment);
    const shipped = small.placements[0]!.order.orderId;
    expect(await decideAbout(deployment, shipped, { by: "ada", decision: "denied" })).toMatchObject({
      exitCode: exit.unknown,
      says: `${shipped} waits for nobody: it is SHIPPED`,
    });
    await runBatch(batch, { ...deployment, settle: () => deployment.pass(60) });
    const granted = expect.stringContaining(`${order.orderId} was granted by ada at 2026`);
    expect(await decide("ada", "granted")).toMatchObject({ exitCode: exit.valid, says: granted });
    expect(await decide("grace", "denied")).toMatchObject({ exitCode: exit.invalid, says: granted });
  });
});

const waitless = ["chain", "express-sync", "express-async"].map(variantNamed);

// In `test`, one of them.
describe.each(waitless.slice(0, isWhole ? undefined : 1))("the $name", (variant) => {
  let opened: Awaited<ReturnType<typeof openWaiting>>;
  beforeAll(async () => {
    opened = await openWaiting(variant);
  }, 60_000);
  const batch = above({ name: "refused", ends: "SHIPPED" });

  test("refuses an order above the limit at the door, and writes nothing", async () => {
    const { deployment } = opened;
    await deployment.reset();
    const [placement] = batch.placements;
    await expect(deployment.coordination.place(placement!)).rejects.toMatchObject({ name: "ApprovalNotSupported" });
    const { row, document } = await readEvidence(deployment.table, refOf(placement!));
    expect([row, document]).toEqual([undefined, undefined]);
  });

  test("makes no order of one that passed its client's door", async () => {
    const { deployment, stack } = opened;
    await deployment.reset();
    const { ApprovalAboveCents: _limit, ...outputs } = stack.outputs;
    const careless = variant.connect({ ...stack, outputs });
    const outcome = await runBatch(batch, { ...deployment, coordination: careless });
    expect(outcome.evidence[0]).toMatchObject({ row: undefined, rejection: { error: "ApprovalNotSupported" } });
  });

  test("has nobody who approves", async () => {
    const { deployment } = opened;
    const granted = decideAbout(deployment, "any", { by: "ada", decision: "granted" }, " --target aws");
    await expect(granted).rejects.toMatchObject({
      exitCode: exit.usage,
      message: expect.stringMatching(
        new RegExp(`^nobody approves orders of the ${variant.name} .*\\n.* --approval-above CENTS --target aws,`),
      ),
    });
  });
});
