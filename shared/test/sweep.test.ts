import { describe, expect, test } from "vitest";
import { actFor, lifecycle, longestRest, orderStatuses, retryBudgets } from "../src/index.ts";

describe("the sweeper", () => {
  test("says three times again where an order is, then begins the undo wherever that may begin", () => {
    for (const status of [undefined, ...lifecycle.RefundStarted.from]) {
      const acts = [0, 1, 2, 3, 4].map((sweeps) => actFor(status, sweeps));
      expect(acts, status ?? "a placement").toEqual([
        "say again",
        "say again",
        "say again",
        "begin undo",
        "begin undo",
      ]);
    }
  });

  test.each(["REFUNDING", "PAYMENT_REFUNDED", "RELEASING"] as const)(
    "says three times again that an order is %s, then parks it",
    (status) => {
      expect([0, 2, 3].map((sweeps) => actFor(status, sweeps))).toEqual(["say again", "say again", "park"]);
    },
  );

  test.each(["SHIPPED", "INVENTORY_FAILED", "INVENTORY_RELEASED", "NEEDS_ATTENTION"] as const)(
    "only ever says again that an order is %s",
    (status) => expect([0, 99].map((sweeps) => actFor(status, sweeps))).toEqual(["say again", "say again"]),
  );

  test("knows what to do at every status, for ever", () => {
    for (const status of orderStatuses) expect(actFor(status, 1_000)).toMatch(/^(say again|begin undo|park)$/);
  });
});

describe("an order rests before it is swept", () => {
  test("for its own queue, and for delivery and queue of the next step, of its undo and of the parking", () => {
    const throttle = { ...retryBudgets.equal.throttle, lambda: { maximumEventAgeSeconds: 1 } };
    const targetDelivery = { eventBridge: { maximumRetryAttempts: 0, maximumEventAgeSeconds: 10 } };
    expect(longestRest({ throttle, targetDelivery })).toBe(1 + 3 * (10 + 1));
  });

  test("for seven hours in the profile of equal chances, and for four days in the other", () => {
    expect(longestRest(retryBudgets.equal)).toBe(7 * 3_600);
    expect(longestRest(retryBudgets.idiomatic)).toBe(96 * 3_600);
  });
});
