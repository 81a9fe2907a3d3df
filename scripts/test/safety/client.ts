import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
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
import { eventContracts, type EventName, eventSource, eventVersion, refOf, stepNames } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { reachWarm } from "../clouds/warm.ts";

export const batch = batchOf(
  scenarios.find(({ name }) => name === "happy")!,
  "",
);
export const [placement] = batch.placements;
export const ref = refOf(placement!);
export const another = {
  ...placement!,
  placementId: "another-placement",
  order: { ...placement!.order, orderId: "another" },
};

/** A variant with one order of another's in it, and everything that those who place orders may try there. */
export async function open(variant: Variant) {
  const { deployment, stack } = await reachWarm(variant);
  const { outputs, asClient } = stack;
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
export type Opened = Awaited<ReturnType<typeof open>>;

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

export const eventNames = Object.keys(eventContracts) as EventName[];
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

/** Everything that whoever may place orders may not do, by what it is. */
export function attemptsOf(opened: Opened): Readonly<Record<string, () => Promise<unknown>>> {
  const { client, outputs, say } = opened;
  const forged = { version: eventVersion, ...refOf(another), causationId: "forged", reservationId: "R", totalCents: 1 };
  const facts = eventNames.filter((each) => each !== "OrderPlaced");
  const QueueUrl = outputs["DeadLetterQueueUrl"];
  return Object.fromEntries<() => Promise<unknown>>([
    ...Object.entries(onTable).map(([what, attempt]) => [what, () => attempt(opened)] as const),
    ...facts.map(
      (name) =>
        [`says ${name}`, () => say({ Source: eventSource, DetailType: name, Detail: JSON.stringify(forged) })] as const,
    ),
    ...stepNames.flatMap((step) => [
      [`says that ${step} failed`, () => say(failureRecord(step))] as const,
      [
        `invokes ${step}`,
        () => client(LambdaClient).send(new InvokeCommand({ FunctionName: functionArn(step), Payload: "{}" })),
      ] as const,
    ]),
    ...(QueueUrl === undefined
      ? []
      : [
          [
            "writes a dead letter",
            () => client(SQSClient).send(new SendMessageCommand({ QueueUrl, MessageBody: "{}" })),
          ] as const,
        ]),
  ]);
}
