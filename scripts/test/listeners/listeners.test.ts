import type { AwsCall, Faults } from "@ovsc/local";
import { beforeAll, describe, expect, test } from "vitest";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { variantNamed } from "../../src/variants.ts";
import { valid } from "../saga.ts";
import { type Heard, hear } from "./heard.ts";

const hybrid = variantNamed("hybrid");
let bundle: { assembly: string; thin: boolean };
beforeAll(async () => {
  bundle = { assembly: await synthesizeThin(hybrid), thin: true };
});

const run = (scenario: string, faults?: Faults): Promise<Heard> =>
  hear(hybrid, bundle, { scenario, ...(faults && { faults }) });

const onlyDeadLetters = "left messages on the dead-letter queue";

/** A listener whose functions die at each of their calls. */
const crash = (listener: string) => ({
  onAwsCall: ({ functionName }: AwsCall) => (functionName.includes(listener) ? ("crash before" as const) : undefined),
});

describe("the listeners of the hybrid", () => {
  test("hear what an order came to: points for what was paid, each message once, and every fact", async () => {
    const { judgement, items } = await run("happy");
    expect(judgement).toEqual(valid);
    expect(items("Points")).toEqual([expect.objectContaining({ customerId: "customer-7", points: 49 })]);
    const messages = items("Messages").map(({ message, to }) => `${message as string} ${to as string}`);
    expect(messages.toSorted()).toEqual(
      ["email", "push", "shop", "sms"].map((channel) => `OrderShipped#${channel} customer-7`),
    );
    for (const { text } of items("Messages")) expect(text).toMatch(/^Order happy-order-1 is on its way as TRK-\w+\.$/);
    expect(items("Facts").map(({ fact }) => fact)).toEqual([
      "OrderCreated",
      "InventoryReserved",
      "PaymentCharged",
      "OrderShipped",
    ]);
  });

  test("tell of an order that did not ship, and give no points for it", async () => {
    const { items } = await run("shipping-refused");
    expect(items("Points")).toEqual([]);
    expect(new Set(items("Messages").map(({ text }) => text))).toEqual(
      new Set(["Order shipping-refused-order-1 was cancelled. Whatever was charged went back."]),
    );
  });

  test("do the same when every fact reaches them twice", async () => {
    const once = await run("happy");
    const twice = await run("happy", {
      onDelivery: ({ isDuplicate }) => (isDuplicate ? undefined : "duplicate"),
    });
    for (const table of ["Points", "Messages"]) expect(twice.items(table)).toEqual(once.items(table));
    expect(twice.happenings.length).toBeGreaterThan(once.happenings.length);
  });
});

describe("the notification's state machine", () => {
  test("tells the shop at once, and of a customer's channels two at a time", async () => {
    const { happenings } = await run("happy");
    const events = happenings.flatMap((each) =>
      each.type === "ExecutionEvent" && each.stateMachine.includes("FanOut") ? [each] : [],
    );
    let [underWay, most] = [0, 0];
    for (const { event } of events) {
      if (event === "MapIterationStarted") underWay += 1;
      if (event === "MapIterationSucceeded") underWay -= 1;
      most = Math.max(most, underWay);
    }
    expect(most).toBe(2);
    const at = (event: string, state?: string) =>
      events.findIndex((each) => each.event === event && each.state === state);
    expect(at("TaskStateEntered", "TellShop")).toBeGreaterThan(0);
    expect(at("TaskStateEntered", "TellShop")).toBeLessThan(at("MapStateExited", "TellCustomer"));
  });
});

describe("a listener that fails on every try", () => {
  test.each(["Loyalty", "Analytics"])(
    "fails no order, and leaves what %s could not take as dead letters",
    async (name) => {
      const { judgement, deadLetters, items } = await run("happy", crash(name));
      expect(judgement.findings.map(({ what }) => what)).toEqual([onlyDeadLetters]);
      expect(deadLetters).toBe(name === "Loyalty" ? 1 : 4);
      expect(items("Messages")).toHaveLength(4);
    },
  );

  test("fails no order where it is a state machine: its execution fails, and can be redriven", async () => {
    const { judgement, happenings, items } = await run("happy", crash("Notification"));
    expect(judgement).toEqual(valid);
    expect(items("Messages")).toEqual([]);
    expect(
      happenings.filter((each) => each.type === "ExecutionEvent" && each.event === "ExecutionFailed"),
    ).toHaveLength(1);
  });

  test("fails no order where nobody can be handed anything", async () => {
    const { judgement, deadLetters, items } = await run("happy", { onDelivery: () => "fail" });
    expect(judgement.findings.map(({ what }) => what)).toEqual([onlyDeadLetters]);
    // OrderShipped for all three, and three more for the analytics.
    expect(deadLetters).toBe(6);
    expect(items("Facts")).toEqual([]);
  });
});
