// What a handler finds as @aws-sdk/client-eventbridge.
import { command } from "./command.ts";
import { door } from "./door.ts";
import { events } from "./events.ts";
import { ThinClient, type ThinConfiguration } from "./thin-client.ts";

export const PutEventsCommand = command("PutEvents");

export class EventBridgeClient extends ThinClient {
  constructor(configuration?: ThinConfiguration) {
    super(events, door, configuration);
  }
}
