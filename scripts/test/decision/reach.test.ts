import { expect, test } from "vitest";
import { auditDays, longestWait, messageBytes } from "../../src/decision/reach.ts";
import { throughput } from "../../src/decision/throughput.ts";
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

const most = (metered: Parameters<typeof taking>[1]) => throughput(took(metered), "us-east-1", {})!.most;

test("orders a second end at the starts of executions: 300 durable ones, 6,000 of Express", () => {
  const invocations = [run("step", "client", 1)];
  expect(most({ invocations, durable })).toBe(300);
  expect(most({ invocations, express })).toBe(6_000);
});
