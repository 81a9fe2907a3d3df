import { type AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import * as events from "@aws-sdk/client-eventbridge";
import * as states from "@aws-sdk/client-sfn";
import * as documents from "@aws-sdk/lib-dynamodb";
import { convertToNative } from "@aws-sdk/util-dynamodb";
import type { SdkCall } from "./sagas.ts";
import type { Work } from "./spread.ts";

/** A request handler that answers every call at once with this. */
const answering = (answer: object) => {
  const body = new TextEncoder().encode(JSON.stringify(answer));
  const response = { statusCode: 200, headers: { "content-type": "application/x-amz-json-1.0" }, body };
  return { handle: () => Promise.resolve({ response }) } as never;
};

const credentials = { accessKeyId: "floor", secretAccessKey: "floor" };
const configured = (answer: object) => ({ region: "eu-west-2", credentials, requestHandler: answering(answer) });

interface Sender {
  send(command: never): Promise<unknown>;
}

/** A client of each service, made as the steps make it, and its commands. */
const services: Readonly<Record<string, { readonly client: (answer: object) => Sender; readonly commands: object }>> = {
  dynamodb: {
    client: (answer) => documents.DynamoDBDocumentClient.from(new DynamoDBClient(configured(answer))),
    commands: documents,
  },
  events: { client: (answer) => new events.EventBridgeClient(configured(answer)), commands: events },
  states: { client: (answer) => new states.SFNClient(configured(answer)), commands: states },
};

/** The document client names these otherwise than the service does. */
const documentCommands: Readonly<Record<string, string>> = {
  GetItem: "Get",
  PutItem: "Put",
  UpdateItem: "Update",
  TransactWriteItems: "TransactWrite",
};

/** What the service answers; an item is read as an earlier call of the saga put it. */
function answerTo({ operation, input }: SdkCall, earlier: readonly SdkCall[]): object {
  switch (operation) {
    case "PutEvents":
      return { FailedEntryCount: 0, Entries: [{ EventId: "00000000-0000-4000-8000-000000000000" }] };
    case "StartExecution":
      return {
        executionArn: "arn:aws:states:eu-west-2:000000000000:execution:saga:00000000-0000-4000-8000-000000000000",
        startDate: 1_760_000_000,
      };
    case "GetItem": {
      const Item = earlier.flatMap(itemsPut).findLast((item) => isUnder(item, input["Key"] as Item));
      return Item ? { Item } : {};
    }
    default:
      return {};
  }
}

type Item = Readonly<Record<string, AttributeValue>>;

function itemsPut({ operation, input }: SdkCall): readonly Item[] {
  if (operation === "PutItem") return [input["Item"] as Item];
  if (operation !== "TransactWriteItems") return [];
  const writes = input["TransactItems"] as readonly { readonly Put?: { readonly Item: Item } }[];
  return writes.flatMap(({ Put }) => (Put ? [Put.Item] : []));
}

const isUnder = (item: Item, key: Item): boolean =>
  Object.entries(key).every(([name, value]) => item[name]?.S === value.S);

/** The input as it was given to the document client. */
function asDocuments(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(asDocuments);
  if (typeof input !== "object" || input === null) return input;
  const entries = Object.entries(input);
  const [name] = entries[0] ?? [""];
  if (entries.length === 1 && /^(?:S|N|B|SS|NS|BS|M|L|NULL|BOOL)$/.test(name)) return convertToNative(input as never);
  return Object.fromEntries(entries.map(([key, value]) => [key, asDocuments(value)]));
}

/** The call as a bare client of the AWS SDK makes it. @throws Error for one that no saga made before */
function sending(call: SdkCall, index: number, calls: readonly SdkCall[]): () => Promise<unknown> {
  const { service, operation } = call;
  const { client, commands } = services[service] ?? {};
  const name = service === "dynamodb" ? documentCommands[operation] : operation;
  const Command = (commands as Record<string, new (input: unknown) => never> | undefined)?.[`${name}Command`];
  if (!client || !Command) throw new Error(`the floor knows no ${operation} of ${service}`);
  const input = service === "dynamodb" ? asDocuments(call.input) : call.input;
  const sender = client(answerTo(call, calls.slice(0, index)));
  return () => sender.send(new Command(input));
}

/**
 * The calls of `inFlight` sagas at once, made by the AWS SDK alone: the same commands of the same clients, their
 * inputs and answers as long as the saga's.
 */
export function floor(calls: readonly SdkCall[], inFlight: number): Work {
  const sends = calls.map(sending);
  const saga = async () => {
    for (const send of sends) await send();
  };
  return async () => {
    await Promise.all(Array.from({ length: inFlight }, saga));
    return inFlight;
  };
}
