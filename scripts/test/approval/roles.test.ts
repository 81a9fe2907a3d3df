import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { eventSource, refOf } from "@ovsc/shared";
import { readEvidence } from "@ovsc/shared/aws";
import { describe, expect, test } from "vitest";
import { judge } from "../../src/judgement/judge.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { variantNamed } from "../../src/variants.ts";
import { valid } from "../saga.ts";
import { openWaiting } from "./waiting.ts";

const batch = batchOf(scenarioNamed("happy", "a test"), "");
const denied = { name: expect.stringMatching(/^AccessDenied/) as string };

describe.each(["choreography", "orchestration", "hybrid"].map(variantNamed))("an approver of the $name", (variant) => {
  test("says what was decided, and neither places nor says anything else; small orders wait for nobody", async () => {
    const { deployment, stack } = await openWaiting(variant, 1_000_000);
    const { client, table } = stack.asApprover!;
    const document = { pk: "PLACEMENT#mine", sk: "PLACEMENT" };
    await expect(table.client.send(new PutCommand({ TableName: table.name, Item: document }))).rejects.toMatchObject(
      denied,
    );
    const stock = {
      TableName: table.name,
      Key: { pk: "STOCK#TEAPOT", sk: "STOCK" },
      UpdateExpression: "SET available = :a",
    };
    const fill = new UpdateCommand({ ...stock, ExpressionAttributeValues: { ":a": 9 } });
    await expect(table.client.send(fill)).rejects.toMatchObject(denied);
    const paid = {
      Source: eventSource,
      DetailType: "PaymentCharged",
      Detail: "{}",
      EventBusName: stack.outputs["BusName"],
    };
    const say = client(EventBridgeClient).send(new PutEventsCommand({ Entries: [paid] }));
    await expect(say).rejects.toMatchObject(denied);
    const stateMachineArn = stack.outputs["StateMachineArn"];
    if (stateMachineArn)
      await expect(client(SFNClient).send(new StartExecutionCommand({ stateMachineArn }))).rejects.toMatchObject(
        denied,
      );
    expect(judge(batch, { [variant.name]: await runBatch(batch, deployment) })).toEqual(valid);
  });
});

describe.each(["chain", "express-sync", "express-async"].map(variantNamed))("the $name", (variant) => {
  test("refuses an order above the limit at the door, and writes nothing", async () => {
    const { deployment } = await openWaiting(variant);
    const [placement] = batch.placements;
    await expect(deployment.coordination.place(placement!)).rejects.toMatchObject({ name: "ApprovalNotSupported" });
    const { row, document } = await readEvidence(deployment.table, refOf(placement!));
    expect([row, document]).toEqual([undefined, undefined]);
  });

  test("makes no order of one that passed its client's door", async () => {
    const { deployment, stack } = await openWaiting(variant);
    const { ApprovalAboveCents: _limit, ...outputs } = stack.outputs;
    const careless = variant.connect({ ...stack, outputs });
    const outcome = await runBatch(batch, { ...deployment, coordination: careless });
    expect(outcome.evidence[0]).toMatchObject({ row: undefined, rejection: { error: "ApprovalNotSupported" } });
  });
});
