import type { Happening } from "@ovsc/local";
import { expect, test } from "vitest";
import { BusyTicks } from "../../src/bill/busy-ticks.ts";

const happening = (details: object): Happening =>
  ({ sequence: 0, atMs: 0, correlationId: undefined, causationId: undefined, ...details }) as Happening;
const call = (causationId: string) => happening({ type: "AwsCall", causationId });

/** A schedule's event, the run that it wakes, and so many calls of that run. */
const tick = (requestId: string, calls: number): Happening[] => [
  happening({ type: "EventPublished", source: "aws.events", eventId: `of ${requestId}` }),
  happening({ type: "InvocationStarted", requestId, causationId: `of ${requestId}` }),
  ...Array.from({ length: calls }, () => call(requestId)),
  happening({ type: "Log", requestId }),
  happening({ type: "InvocationEnded", requestId }),
];

const heard = (...happenings: Happening[]): string[] => {
  const types: string[] = [];
  const ticks = new BusyTicks(({ type }) => types.push(type));
  for (const each of happenings) ticks.add(each);
  return types;
};

test("a tick that finds nothing is not on an order's bill: it is on that of every month", () => {
  expect(heard(...tick("idle", 1))).toEqual(["EventPublished"]);
});

test("a tick that does something is, with all that it did", () => {
  const all = ["EventPublished", "InvocationStarted", "AwsCall", "AwsCall", "Log", "InvocationEnded"];
  expect(heard(...tick("busy", 2))).toEqual(all);
});

test("what nobody scheduled is, whatever runs meanwhile", () => {
  const [published, started, ...rest] = tick("idle", 1);
  const own = [happening({ type: "InvocationStarted", requestId: "own", causationId: "a rule" }), call("own")];
  expect(heard(published!, started!, ...own, ...rest)).toEqual(["EventPublished", "InvocationStarted", "AwsCall"]);
});
