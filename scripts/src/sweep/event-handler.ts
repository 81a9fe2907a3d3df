// A step of a generated choreography, or the undo of one: says what came of it.
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { GeneratedOrder } from "./saga-shape.ts";

const { STEP, BUS_NAME } = process.env;
const client = new EventBridgeClient({});

export const handler = async ({ detail }: { readonly detail: GeneratedOrder }): Promise<void> => {
  const DetailType = detail.refusesAt === STEP ? `${STEP}Refused` : `${STEP}Done`;
  const entry = { EventBusName: BUS_NAME, Source: "sweep", DetailType, Detail: JSON.stringify(detail) };
  const { FailedEntryCount } = await client.send(new PutEventsCommand({ Entries: [entry] }));
  if (FailedEntryCount) throw new Error(`the bus did not take ${DetailType}`);
};
