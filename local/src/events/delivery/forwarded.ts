import type { BusEvent } from "../event.ts";

const original = Symbol("the event that another bus forwards");

/** PutEvents by which a bus hands an event on to a bus that is its rule's target. */
export const forwarded = (event: BusEvent, busArn: string): Readonly<Record<string, unknown>> => ({
  Entries: [
    {
      Source: event.parts.source,
      DetailType: event.parts.detailType,
      Detail: event.parts.detail,
      Resources: event.parts.resources,
      Time: event.parts.timeMs / 1000,
      EventBusName: busArn,
    },
  ],
  // A symbol passes by whoever only looks at the parameters, such as the check of the caller's permissions.
  [original]: event,
});

/** The event as it was on the first bus, where a bus made this call; it keeps its id and is not forwarded again. */
export const forwardedEvent = (input: Readonly<Record<PropertyKey, unknown>>): BusEvent | undefined =>
  input[original] as BusEvent | undefined;
