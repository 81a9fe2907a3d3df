import { expect, test } from "vitest";
import { type BillLine, billOf, type Measured, type Terms } from "../../src/bill/bill.ts";
import { DurableReading } from "../../src/bill/durable-reading.ts";
import type { MeteredDurable } from "../../src/bill/metered.ts";
import { ownPrices, pricesIn, readPrices } from "../../src/bill/prices.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { taking } from "./metered.ts";

const list = readPrices(ownPrices);
const terms: Terms = {
  ordersPerMonth: 1_000_000,
  mix: new Map([[scenarios.find(({ name }) => name === "happy")!, 1]]),
  prices: pricesIn(list, "us-east-1"),
  freeTier: false,
  replaced: {},
  stateBytes: 0,
};

const durable = (execution: MeteredDurable, durableDays: number): Measured => {
  const measured = taking("durable", { durable: [execution] });
  return { ...measured, facts: { ...measured.facts, durableDays } };
};
const linesOf = (measured: Measured, own = terms): ReadonlyMap<string, BillLine> =>
  new Map(billOf(measured, own).lines.map((line) => [line.rule, line]));

const kilobyte = 1024;
const execution: MeteredDurable = { functionName: "saga", operations: 4, written: [kilobyte, 0, kilobyte], tookMs: 0 };

test("a million durable executions are billed by operations, by what they write and by how long it is kept", () => {
  const lines = linesOf(durable(execution, 7));
  expect(lines.get("durable-operations")!.usd!.base).toBeCloseTo(4 * 8, 9);
  // 2 KB each: 1.907 GB.
  expect(lines.get("durable-written")!.usd!.base).toBeCloseTo((2_000_000 / 1024 ** 2) * 0.25, 9);
  // Seven days of a month of 730 hours.
  expect(lines.get("durable-retained")!.usd!.base).toBeCloseTo((2_000_000 / 1024 ** 2) * (168 / 730) * 0.15, 9);
});

test("AWS's own example costs what its price page says: a million claims a month, each reviewed for a week", () => {
  // 32.00 for operations; 26.00 for 104 GB written; 10.92 for the week of the review and 14 days of 30 after it, of
  // which this bill's month has 30.4.
  const claim = { ...execution, written: [(104 * 1024 ** 3) / 1_000_000], tookMs: 7 * 86_400_000 };
  const lines = linesOf(durable(claim, 14));
  expect(lines.get("durable-operations")!.usd!.base).toBeCloseTo(32, 9);
  expect(lines.get("durable-written")!.usd!.base).toBeCloseTo(26, 9);
  expect(lines.get("durable-retained")!.usd!.base).toBeCloseTo((10.92 * 30) / (730 / 24), 9);
});

test("state in each message is written with every datum, and not with what only marks a moment", () => {
  const lines = linesOf(durable(execution, 7), { ...terms, stateBytes: kilobyte });
  expect(lines.get("durable-written")!.usd!.base).toBeCloseTo((4_000_000 / 1024 ** 2) * 0.25, 9);
});

test("no price of London is known: what would be billed is named", () => {
  const { missing, total } = billOf(durable(execution, 7), { ...terms, prices: pricesIn(list, "eu-west-2") });
  expect(missing).toEqual(["durable-operation", "durable-written", "durable-retained"]);
  expect(total).toBeUndefined();
});

test("a step counts once for each try, all else once, and so does each run that Lambda repeats", () => {
  const reading = new DurableReading();
  const happens = (event: string, operation?: string, bytes = 0) =>
    reading.add({
      type: "DurableEvent",
      sequence: 0,
      correlationId: undefined,
      causationId: "a run",
      functionName: "saga",
      execution: "one",
      atMs: 5_000,
      event,
      bytes,
      ...(operation && { operation }),
    });
  happens("ExecutionStarted", undefined, 10);
  happens("ChainedInvokeStarted", "1", 20);
  happens("ChainedInvokeFailed", "1", 30);
  happens("WaitStarted", "2");
  happens("WaitSucceeded", "2");
  happens("StepFailed", "3", 40);
  happens("StepFailed", "3", 40);
  happens("StepSucceeded", "3", 50);
  happens("InvocationFailed");
  happens("ExecutionSucceeded", undefined, 60);
  const [read] = reading.metered();
  // The start, a function, a wait, a step of three tries, and a run that was repeated.
  expect(read!.operations).toBe(1 + 1 + 1 + 3 + 1);
  expect(read!.written).toEqual([10, 20, 30, 0, 0, 40, 40, 50, 0, 60]);
  expect(reading.isRun("a run")).toBe(true);
});
