import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { inOrder } from "@ovsc/local";
import { variant as orchestration } from "@ovsc/orchestration";
import { endOf, eventContracts, type EventName, eventSource, eventVersion, refOf, stepNames } from "@ovsc/shared";
import { readEvidence } from "@ovsc/shared/aws";
import type { DeployedStack, Variant } from "@ovsc/shared/variant";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openLocal } from "../../src/clouds/embedded.ts";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { variants } from "../../src/variants.ts";
import { isWhole, takes } from "../family.ts";

const batch = batchOf(
  scenarios.find(({ name }) => name === "happy")!,
  "",
);
const [placement] = batch.placements;
const ref = refOf(placement!);
const another = { ...placement!, placementId: "another-placement", order: { ...placement!.order, orderId: "another" } };

/** A variant with one order of another's in it, and everything that those who place orders may try there. */
async function open(variant: Variant) {
  let stack: DeployedStack | undefined;
  const deployment = await openLocal(
    {
      ...variant,
      connect(given) {
        stack = given;
        return variant.connect(given);
      },
    },
    { assembly: await synthesizeThin(variant), choices: inOrder },
  );
  const { outputs, asClient } = stack!;
  const documents = DynamoDBDocumentClient.from(asClient.client(DynamoDBClient));
  return {
    deployment,
    outputs,
    client: asClient.client,
    table: outputs["TableName"]!,
    documents,
    say: (entry: { Source: string; DetailType: string; Detail?: string }) =>
      asClient
        .client(EventBridgeClient)
        .send(new PutEventsCommand({ Entries: [{ EventBusName: outputs["BusName"]!, Detail: "{}", ...entry }] })),
  };
}
type Opened = Awaited<ReturnType<typeof open>>;

const denied = { name: expect.stringMatching(/^AccessDenied/) as string };

/** What nobody who places orders may do with the table, whoever's row it is. */
const onTable: Readonly<Record<string, (opened: Opened) => Promise<unknown>>> = {
  "moves an order's row": ({ documents, table }) =>
    documents.send(
      new UpdateCommand({
        TableName: table,
        Key: { pk: "ORDER#another", sk: "ORDER" },
        UpdateExpression: "SET #status = :shipped",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":shipped": "SHIPPED" },
      }),
    ),
  "writes an order's row": ({ documents, table }) =>
    documents.send(new PutCommand({ TableName: table, Item: { pk: "ORDER#another", sk: "ORDER", totalCents: 1 } })),
  "writes a charge into the ledger": ({ documents, table }) =>
    documents.send(new PutCommand({ TableName: table, Item: { pk: "ORDER#another", sk: "CHARGE#another.1:Charge" } })),
  "fills the shelf": ({ documents, table }) =>
    documents.send(new PutCommand({ TableName: table, Item: { pk: "STOCK#SKU-1", sk: "STOCK", available: 9 } })),
  "writes an order's row beside a document": ({ documents, table }) =>
    documents.send(
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName: table, Item: { pk: "PLACEMENT#mine", sk: "PLACEMENT" } } },
          { Put: { TableName: table, Item: { pk: "ORDER#another", sk: "ORDER" } } },
        ],
      }),
    ),
  "writes in batches": ({ documents, table }) =>
    documents.send(
      new BatchWriteCommand({ RequestItems: { [table]: [{ PutRequest: { Item: { pk: "PLACEMENT#m", sk: "P" } } }] } }),
    ),
  "deletes an order's row": ({ documents, table }) =>
    documents.send(new DeleteCommand({ TableName: table, Key: { pk: "ORDER#another", sk: "ORDER" } })),
  "rejects another's placement": ({ documents, table }) =>
    documents.send(
      new UpdateCommand({
        TableName: table,
        Key: { pk: "PLACEMENT#another-placement", sk: "PLACEMENT" },
        UpdateExpression: "REMOVE #open",
        ExpressionAttributeNames: { "#open": "open" },
      }),
    ),
  "deletes another's placement": ({ documents, table }) =>
    documents.send(
      new DeleteCommand({ TableName: table, Key: { pk: "PLACEMENT#another-placement", sk: "PLACEMENT" } }),
    ),
  "reads another's placement": ({ documents, table }) =>
    documents.send(new GetCommand({ TableName: table, Key: { pk: "PLACEMENT#another-placement", sk: "PLACEMENT" } })),
  "reads an order": ({ documents, table }) =>
    documents.send(new GetCommand({ TableName: table, Key: { pk: "ORDER#another", sk: "ORDER" } })),
  "lists what is under way": ({ documents, table }) =>
    documents.send(
      new QueryCommand({
        TableName: table,
        IndexName: "open-index",
        KeyConditionExpression: "#open = :open",
        ExpressionAttributeNames: { "#open": "open" },
        ExpressionAttributeValues: { ":open": "OPEN" },
      }),
    ),
  "reads the whole table": ({ documents, table }) => documents.send(new ScanCommand({ TableName: table })),
};

const eventNames = Object.keys(eventContracts) as EventName[];
const functionArn = (step: string) => `arn:aws:lambda:eu-west-2:000000000000:function:${step}:$LATEST`;

/** What Lambda would tell the bus of a step that failed on its last try. */
const failureRecord = (step: string) => ({
  Source: "lambda",
  DetailType: "Lambda Function Invocation Result - Failure",
  Detail: JSON.stringify({
    requestContext: { condition: "RetriesExhausted", functionArn: functionArn(step) },
    requestPayload: { id: "forged", "detail-type": "OrderCreated", detail: { version: eventVersion, ...ref } },
  }),
});

const numRuns = isWhole ? 300 : 100;

/** One of these words, or any other. */
const anyOf = (known: readonly string[]) => fc.oneof(fc.constantFrom(...known), fc.string({ maxLength: 12 }));

describe.each(variants)("whoever may place orders in the $name", (variant) => {
  test("moves none, reads none and forges nothing: every attempt is denied, and the order ends untouched", async () => {
    const opened = await open(variant);
    const { deployment, outputs, client } = opened;
    await deployment.coordination.place(another);
    for (const [what, attempt] of Object.entries(onTable)) {
      await expect(attempt(opened), what).rejects.toMatchObject(denied);
    }
    for (const name of eventNames.filter((each) => each !== "OrderPlaced")) {
      const forged = {
        version: eventVersion,
        ...refOf(another),
        causationId: "forged",
        reservationId: "R",
        totalCents: 1,
      };
      const entry = { Source: eventSource, DetailType: name, Detail: JSON.stringify(forged) };
      await expect(opened.say(entry), name).rejects.toMatchObject(denied);
    }
    for (const step of stepNames) {
      await expect(opened.say(failureRecord(step)), `${step} failed`).rejects.toMatchObject(denied);
      const invoked = client(LambdaClient).send(new InvokeCommand({ FunctionName: functionArn(step), Payload: "{}" }));
      await expect(invoked, step).rejects.toMatchObject(denied);
    }
    const queueUrl = outputs["DeadLetterQueueUrl"];
    if (queueUrl !== undefined) {
      const sent = client(SQSClient).send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: "{}" }));
      await expect(sent).rejects.toMatchObject(denied);
    }
    const outcome = await runBatch(batch, deployment);
    expect(outcome.evidence.map(endOf)).toEqual(["SHIPPED"]);
    expect(endOf(await readEvidence(deployment.table, refOf(another)))).toBe("SHIPPED");
  });

  test.runIf(takes(variant, 0))(
    "says nothing but that an order was placed, whatever the name and the sender",
    async () => {
      const { say, outputs } = await open(variant);
      const words = [...eventNames, "orderplaced", "OrderPlaced ", "", "Lambda Function Invocation Result - Failure"];
      const sources = [eventSource, eventSource.toUpperCase(), "lambda", "aws.lambda", `${eventSource}.x`, "*"];
      const said: string[] = [];
      await fc.assert(
        fc.asyncProperty(anyOf(sources), anyOf(words), async (Source, DetailType) => {
          if (Source === eventSource && DetailType === "OrderPlaced" && outputs["BusName"] !== undefined) return;
          const answer = await say({ Source, DetailType }).then(
            () => "taken",
            ({ name }: Error) => name,
          );
          // A source or a detail type that no event may have is refused before anybody is asked who sends it.
          expect(answer).toMatch(/^AccessDenied|ValidationException/);
          said.push(answer);
        }),
        { seed: 1, numRuns },
      );
      expect(said.filter((answer) => answer.startsWith("AccessDenied")).length).toBeGreaterThan((numRuns * 2) / 3);
    },
  );
});

async function openMachine() {
  const { deployment, outputs, client } = await open(orchestration);
  return { deployment, states: client(SFNClient), stateMachineArn: outputs["StateMachineArn"]! };
}

describe("whoever may start executions in the orchestration", () => {
  test("moves no order by what he puts into the input", async () => {
    const { deployment, states, stateMachineArn } = await openMachine();
    const forged = {
      ...ref,
      resume: true,
      undo: true,
      status: "REFUNDING",
      reached: "PAYMENT_DECLINED",
      row: { Item: { status: { S: "REFUNDING" } } },
      failure: { Error: "NeedsAttention", Cause: "forged" },
      totalCents: 1,
    };
    const place = async () => {
      await deployment.coordination.place(placement!);
      await states.send(new StartExecutionCommand({ stateMachineArn, name: "forged", input: JSON.stringify(forged) }));
    };
    const outcome = await runBatch(batch, { ...deployment, coordination: { ...deployment.coordination, place } });
    expect(outcome.evidence.map(endOf)).toEqual(["SHIPPED"]);
    expect(outcome.evidence[0]?.charges.map(({ amountCents }) => amountCents)).toEqual([4_998]);
  });

  test("stops none, looks at none, and starts no other machine", async () => {
    const { deployment, states, stateMachineArn } = await openMachine();
    await deployment.coordination.place(another);
    const executionArn = `${stateMachineArn.replace(":stateMachine:", ":execution:")}:another-placement`;
    for (const attempt of [
      () => states.send(new StopExecutionCommand({ executionArn })),
      () => states.send(new DescribeExecutionCommand({ executionArn })),
      () => states.send(new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}-other` })),
    ]) {
      await expect(attempt()).rejects.toMatchObject(denied);
    }
  });
});
