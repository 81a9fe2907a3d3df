import { describe, expect, test } from "vitest";
import { auditDays, longestWait, messageBytes } from "../../src/decision/reach.ts";
import { ceilingsOf } from "../../src/decision/throughput.ts";
import { run, taking } from "../bill/metered.ts";

const durable = [{ functionName: "saga", operations: 1, written: [], tookMs: 0 }];
const express = [{ waitedFor: [], calls: 0, ownMs: 0 }];
const took = (metered: Parameters<typeof taking>[1]) => taking("any", metered).scenarios.get("happy")!;
const kept = { logDays: 7, archive: undefined, durableDays: undefined };

test("an order waits for a person as long as what coordinates it may last", () => {
  const day = 86_400;
  expect(longestWait(took({ executions: 1 })) / day).toBe(365);
  expect(longestWait(took({ durable })) / day).toBe(366);
  expect(longestWait(took({ express }))).toBe(300);
  expect(longestWait(took({ invocations: [run("A", "client", 0), run("B", "function", 0)] }))).toBe(900);
  expect(longestWait(took({ invocations: [run("A", "rule", 0)] }))).toBe(Infinity);
});

test("what happened can be read in logs, in an archive, and in executions that are kept", () => {
  expect(auditDays(kept, took({ executions: 1 }))).toBe(90);
  expect(auditDays({ ...kept, archive: { days: 30, sources: [] } }, took({}))).toBe(30);
  expect(auditDays({ ...kept, durableDays: 14 }, took({ durable }))).toBe(14);
  // Nobody can describe an Express execution afterwards.
  expect(auditDays(kept, took({ express }))).toBe(7);
});

test("a message is as large as whoever carries it takes", () => {
  expect([took({ executions: 1 }), took({ express }), took({ durable })].map(messageBytes)).toEqual(
    Array.from({ length: 3 }, () => 256 * 1024),
  );
  expect(messageBytes(took({}))).toBe(1024 * 1024);
});

const ceilingIn = (region: string, metered: Parameters<typeof taking>[1]) => ceilingsOf(took(metered), {})[region];

describe("orders a second", () => {
  const invocations = [run("step", "client", 1)];

  test("end at the starts of executions: 300 durable ones, 6,000 of Express", () => {
    expect(ceilingIn("us-east-1", { invocations, durable })).toEqual({
      by: "starts of durable executions",
      least: 300,
      most: 300,
    });
    expect(ceilingIn("us-east-1", { invocations, express })).toMatchObject({ most: 6_000 });
  });

  test("end at the quota that is met first, by what an order uses and where", () => {
    const choreographed = { events: [1, 1, 1, 1, 1], invocations: [run("step", "rule", 1)] };
    expect(ceilingIn("us-east-1", choreographed)).toEqual({ by: "PutEvents", least: 2_000, most: 2_000 });
    expect(ceilingIn("eu-west-2", choreographed)).toEqual({ by: "PutEvents", least: 240, most: 240 });
    const orchestrated = { executions: 1, transitions: 4, invocations };
    expect(ceilingIn("us-east-1", orchestrated)).toEqual({ by: "StartExecution", least: 300, most: 300 });
    expect(ceilingIn("eu-west-2", { ...orchestrated, transitions: 8 })).toEqual({
      by: "state transitions",
      least: 100,
      most: 100,
    });
  });

  test("of functions that call one another end at how many run at once, by how long each is assumed to take", () => {
    const each = [3 * 3 + 1, 12 * 3 + 8].map((ms) => 1_000_000 / ms);
    const ceiling = ceilingIn("us-east-1", { invocations: [run("step", "client", 3)] })!;
    expect(ceiling).toEqual({ by: "functions that run at once", least: each[1], most: each[0] });
  });
});
