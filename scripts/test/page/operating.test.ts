import { describe, expect, test } from "vitest";
import { synthesize, templateOf } from "../../src/clouds/synthesize.ts";
import { operationsOf } from "../../src/page/operating/operations.ts";
import { ceilingOf, usesIn } from "../../src/page/operating/quotas.ts";
import type { Moment, Story } from "../../src/story/story.ts";
import { variantNamed, variants } from "../../src/variants.ts";

const none = { PutEvents: 0, "event deliveries": 0, StartExecution: 0, "state transitions": 0 };

describe("orders a second", () => {
  test("end at the quota that is met first, by what an order uses", () => {
    const choreographed = { ...none, PutEvents: 5, "event deliveries": 4 };
    expect(ceilingOf(choreographed, "us-east-1")).toEqual({ ordersPerSecond: 2_000, by: "PutEvents" });
    expect(ceilingOf(choreographed, "eu-west-2")).toEqual({ ordersPerSecond: 240, by: "PutEvents" });
    const orchestrated = { ...none, StartExecution: 1, "state transitions": 4 };
    expect(ceilingOf(orchestrated, "us-east-1")).toEqual({ ordersPerSecond: 300, by: "StartExecution" });
    expect(ceilingOf({ ...orchestrated, "state transitions": 8 }, "eu-west-2")).toEqual({
      ordersPerSecond: 100,
      by: "state transitions",
    });
  });

  test("have no ceiling here where nothing of what is counted is used", () => {
    expect(ceilingOf(none, "eu-west-1")).toBeUndefined();
  });

  test("are told by what happened to an order", () => {
    const lanes = [{ id: "saga", kind: "state machine" as const, name: "saga" }];
    const moments = [moved("ExecutionStarted"), moved("CreateOrder"), moved("ShipOrder"), moved("ExecutionSucceeded")];
    expect(usesIn({ lanes, moments } as unknown as Story)).toEqual({
      ...none,
      StartExecution: 1,
      "state transitions": 2,
    });
  });
});

describe.each(variants)("what there is to look after in the $name", (variant) => {
  test("is what its template has: an alarm that says what it means, and how long history stays", async () => {
    const template = templateOf(variant, await synthesize(variant));
    const { alarms, retention, resources } = operationsOf(variant.name, template, undefined);
    expect(alarms.length).toBeGreaterThan(2);
    expect(alarms.filter((each) => each.includes("without a description"))).toEqual([]);
    expect(Object.fromEntries(retention)["logs"]!.every((days) => days === 7)).toBe(true);
    expect(resources.reduce((sum, [, count]) => sum + count, 0)).toBe(Object.keys(template.Resources).length);
  });
});

test("Only the choreography has a queue to empty", async () => {
  const queues = await Promise.all(
    ["choreography", "orchestration"].map(async (name) => {
      const template = templateOf(variantNamed(name), await synthesize(variantNamed(name)));
      return operationsOf(name, template, undefined).queueDays;
    }),
  );
  expect(queues).toEqual([[14], []]);
});

const moved = (text: string): Moment => ({ kind: "moved", lane: "saga", text }) as Moment;
