import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SFNClient } from "@aws-sdk/client-sfn";
import { QueueDoesNotExist, SQSClient, SQSServiceException } from "@aws-sdk/client-sqs";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Door } from "../wire/direct.ts";
import { ThinDocumentClient } from "./document-client.ts";
import { dynamodb } from "./dynamodb.ts";
import { events } from "./events.ts";
import { functions } from "./functions.ts";
import { states } from "./states.ts";
import { ThinClient, type ThinConfiguration, type ThinService } from "./thin-client.ts";

const queues: ThinService = {
  name: "sqs",
  operations: { ReceiveMessage: {} },
  exceptions: [QueueDoesNotExist],
  exception: SQSServiceException,
};

const services = new Map<unknown, ThinService>([
  [DynamoDBClient, dynamodb],
  [EventBridgeClient, events],
  [LambdaClient, functions],
  [SFNClient, states],
  [SQSClient, queues],
]);

/**
 * Stands in for a client of the AWS SDK in programs outside of the cloud. It takes the SDK's own commands.
 * @param door of the cloud: see `Cloud.door`
 * @param of the class of the SDK's client
 * @param configuration what that client is asked for
 * @throws UnknownFeature for a client, and when sent one, for an operation that the thin SDK does not have
 */
export function thinClient<Client>(
  door: Door,
  of: new (configuration: never) => Client,
  configuration?: ThinConfiguration,
): Client {
  const service = services.get(of) ?? door.refuse(`${of.name} of the thin SDK`);
  return new ThinClient(service, door, configuration) as Client;
}

/** Stands in for the SDK's document client, as `thinClient` does for the others. */
export const thinDocumentClient = (door: Door): DynamoDBDocumentClient =>
  new ThinDocumentClient(new ThinClient(dynamodb, door)) as unknown as DynamoDBDocumentClient;
