import { expect, test } from "vitest";
import { type BillLine, billOf, type Terms } from "../../src/bill/bill.ts";
import { ownPrices, pricesIn, readPrices } from "../../src/bill/prices.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { run, taking } from "./metered.ts";

const terms: Terms = {
  ordersPerMonth: 1_000_000,
  mix: new Map([[scenarios.find(({ name }) => name === "happy")!, 1]]),
  prices: pricesIn(readPrices(ownPrices), "us-east-1"),
  freeTier: false,
  replaced: {},
  stateBytes: 0,
};

const called = (calls: number) => run("step", "Express state machine", calls);

const linesOf = (ownMs: number, timedOutMs?: number): ReadonlyMap<string, BillLine> => {
  const express = [{ waitedFor: [0, 1], calls: 1, ownMs, ...(timedOutMs !== undefined && { timedOutMs }) }];
  const { lines } = billOf(taking("express", { invocations: [called(3), called(5)], express }), terms);
  return new Map(lines.map((line) => [line.rule, line]));
};

test("an Express execution is billed once, and by its hops, its functions, its calls and its waits for retries", () => {
  // 2 hops of 77.3 ms, functions of 3 + 3 x 6 and 3 + 5 x 6 ms, a call of 6 ms: 214.6 ms, billed as 300 of 64 MB.
  const prompt = linesOf(0);
  expect(prompt.get("express-requests")!.usd!.base).toBeCloseTo(1, 9);
  expect(prompt.get("express-duration")!.usd!.base).toBeCloseTo(16.67 * 0.3 * 0.0625, 9);
  expect(prompt.get("transitions")).toBeUndefined();
  // A minute's wait is billed as well: 60,214.6 ms.
  expect(linesOf(60_000).get("express-duration")!.units.base).toBeCloseTo(1_000_000 * 60.3 * 0.0625, 6);
});

test("one that its timeout ended takes its timeout, and no longer", () => {
  expect(linesOf(294_990, 295_000).get("express-duration")!.units.base).toBeCloseTo(1_000_000 * 295 * 0.0625, 6);
});

test("in the high case it takes 128 MB, slower hops and slower calls", () => {
  // 2 hops of 129 ms, functions of 8 + 3 x 12 and 8 + 5 x 12 ms, a call of 12 ms: 382 ms, billed as 400 of 128 MB.
  expect(linesOf(0).get("express-duration")!.usd!.high).toBeCloseTo(16.67 * 0.4 * 0.125, 9);
});
