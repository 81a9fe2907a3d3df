import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as events from "@aws-sdk/client-eventbridge";
import * as states from "@aws-sdk/client-sfn";
import type { SdkCall } from "./sagas.ts";
import type { Work } from "./spread.ts";

const answers: Readonly<Record<string, string>> = {
  PutEvents: JSON.stringify({ FailedEntryCount: 0, Entries: [{ EventId: "00000000-0000-4000-8000-000000000000" }] }),
};

/** Answers every call at once with a constant. */
const requestHandler = {
  handle: ({ headers }: { headers: Record<string, string> }) => {
    const operation = headers["x-amz-target"]!.split(".")[1]!;
    const body = new TextEncoder().encode(answers[operation] ?? "{}");
    return Promise.resolve({
      response: { statusCode: 200, headers: { "content-type": "application/x-amz-json-1.0" }, body },
    });
  },
};
const config = {
  region: "eu-west-2",
  credentials: { accessKeyId: "floor", secretAccessKey: "floor" },
  requestHandler: requestHandler as never,
};
/** A client of each service, and its commands. */
const services: Readonly<Record<string, readonly [client: object, commands: object]>> = {
  dynamodb: [new dynamodb.DynamoDBClient(config), dynamodb],
  events: [new events.EventBridgeClient(config), events],
  states: [new states.SFNClient(config), states],
};

type Send = () => Promise<unknown>;

/**
 * The call as a bare client of the AWS SDK makes it. @throws Error for a service that no saga used before
 */
function sending({ service, operation, input }: SdkCall): Send {
  const [client, commands] = services[service] ?? [];
  if (!client) throw new Error(`the floor knows no ${service}`);
  const Command = (commands as unknown as Record<string, new (input: unknown) => never>)[`${operation}Command`]!;
  return () => (client as { send(command: never): Promise<unknown> }).send(new Command(input));
}

/** The calls of `inFlight` sagas at once, made by the AWS SDK alone. */
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
