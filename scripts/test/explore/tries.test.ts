import { expect, test } from "vitest";
import { plain } from "../../src/explore/directing/gist.ts";
import { Tries } from "../../src/explore/directing/tries.ts";

/** ShipOrder is called by an execution every three minutes, and cannot say what it did. */
function struckUntil(hours: number): Tries {
  const tries = new Tries();
  for (let atMs = 0; atMs <= hours * 3_600_000; atMs += 180_000) {
    const requestId = `request ${atMs}`;
    const about = { functionName: "ShipOrder", requestId, correlationId: "order-1", attempt: 1, atMs } as const;
    const asked = { service: "events", operation: "PutEvents", input: {}, indexInInvocation: 0 } as const;
    tries.begin({ ...about, asynchronous: false, payload: "{}" }, "ShipOrder");
    tries.strikeCall({ ...about, ...asked }, { kind: "server-error", dependency: "event-bus", isWrite: true });
  }
  return tries;
}

test("a step that an execution calls again and again is beyond its budget once the execution's time is over", () => {
  expect(struckUntil(1)).toMatchObject({ isUsedUp: true, isBeyondBudget: false });
  expect(struckUntil(8)).toMatchObject({ isUsedUp: true, isBeyondBudget: false });
  expect(struckUntil(8.5)).toMatchObject({ isUsedUp: true, isBeyondBudget: true });
});

const called = (requestId: string, atMs: number) => {
  const asked = { service: "lambda", operation: "Invoke", input: {}, indexInInvocation: 0 } as const;
  const about = { functionName: "CreateOrder", requestId, correlationId: "order-1", attempt: 1, atMs } as const;
  return { ...about, ...asked, asynchronous: false, payload: "{}" };
};

test("of two placements of one orderId, one's end leaves what strikes the other to be counted", () => {
  const tries = new Tries();
  tries.begin(called("first", 0), "CreateOrder");
  tries.begin(called("second", 0), "CreateOrder");
  tries.end("first");
  tries.strikeCall(called("second", 1000), { kind: "fail-before", dependency: "lambda", isWrite: true });
  const struck = { kind: "fail-before", dependency: "lambda", step: "CreateOrder", attempts: [1] };
  expect(tries.toll.plan([])).toEqual([struck]);
});

test("an order is kept by tries that fail for its own token as by tries that were struck", () => {
  const tries = new Tries();
  const kept = [0, 60_000, 180_000].map((atMs, index) => {
    tries.begin(called(`try ${index}`, atMs), "ChargePayment");
    tries.fail(`try ${index}`, "PaymentTimedOut", atMs);
    return tries.toll.keptSeconds(0);
  });
  expect(kept).toEqual([60, 180, 180]);
});

/** Faults strike the second and the third try of a step; the first ends with an error without one. */
function usedUpAfter(error: string): boolean {
  const tries = new Tries();
  const strike = { kind: "server-error", dependency: "order-table", isWrite: true } as const;
  for (const [index, atMs] of [0, 60_000, 180_000].entries()) {
    const about = { ...called("one", atMs), functionName: "ShipOrder", asynchronous: true, attempt: index + 1 };
    tries.begin(about, "ShipOrder");
    if (index > 0) tries.strikeCall(about, strike);
    tries.fail("one", index > 0 ? "InternalServerError" : error, atMs);
  }
  return tries.isUsedUp;
}

test("a try that a provider left unanswered for the order's own token is used up as one that was struck", () => {
  expect(usedUpAfter("ShippingTimedOut")).toBe(true);
  // A step that fails of itself uses nothing up: it is what is looked for.
  expect(usedUpAfter("TypeError")).toBe(false);
});

test("a try that was struck and says that it had no answer is one try", () => {
  const tries = new Tries();
  const strike = { kind: "answer-lost", dependency: "carrier", isWrite: true } as const;
  for (const [index, atMs] of [0, 60_000].entries()) {
    const about = { ...called("one", atMs), functionName: "ShipOrder", asynchronous: true, attempt: index + 1 };
    tries.begin(about, "ShipOrder");
    tries.strikeCall(about, strike);
    tries.fail("one", "ShippingTimedOut", atMs);
  }
  expect(tries.isUsedUp).toBe(false);
});

const answered = (time: string) => plain({ row: { Item: {}, HttpHeaders: { Date: `Thu, 01 Jan 2026 ${time} GMT` } } });

test("when an answer came is left out of a state, as an execution keeps it that looked at its order's row", () => {
  expect(answered("00:12:00")).toBe(answered("00:09:00"));
});

test("a transaction that meets another is tried again within its try, which fails at the fifth", () => {
  const tries = new Tries();
  const operation = "TransactWriteItems";
  const conflict = { kind: "conflict", dependency: "inventory", isWrite: true } as const;
  for (const atMs of [0, 60_000, 180_000]) {
    tries.begin({ ...called(`try ${atMs}`, atMs), functionName: "ReserveInventory" }, "ReserveInventory");
    for (let met = 1; met < 5; met += 1) tries.strikeCall({ ...called(`try ${atMs}`, atMs), operation }, conflict);
  }
  expect(tries.isUsedUp).toBe(false);
  for (const atMs of [0, 60_000, 180_000])
    for (let met = 1; met <= 5; met += 1) tries.strikeCall({ ...called(`try ${atMs}`, atMs), operation }, conflict);
  expect(tries.isUsedUp).toBe(true);
});
