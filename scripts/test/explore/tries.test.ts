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

const answered = (time: string) => plain({ row: { Item: {}, HttpHeaders: { Date: `Thu, 01 Jan 2026 ${time} GMT` } } });

test("when an answer came is left out of a state, as an execution keeps it that looked at its order's row", () => {
  expect(answered("00:12:00")).toBe(answered("00:09:00"));
});
