import { describe, expect, test } from "vitest";
import {
  decide,
  eventsOf,
  isSettled,
  lifecycle,
  type Milestone,
  orderStatuses,
  statusesOfApproval,
  statusesUnderWay,
  type Step,
  steps,
} from "../src/index.ts";

const moves = Object.entries(lifecycle) as [Milestone, { from: readonly string[]; to: string }][];

describe("the lifecycle of an order", () => {
  test("leads every status that is not the end to an end", () => {
    const reaches = (status: string, seen = new Set<string>()): boolean =>
      isSettled(status as never) ||
      (!seen.has(status) &&
        moves.some(([, { from, to }]) => from.includes(status) && reaches(to, new Set([...seen, status]))));
    for (const status of orderStatuses) expect(reaches(status), status).toBe(true);
  });

  test("never leaves an end, but where an operator repairs a parked order", () => {
    const left = orderStatuses
      .filter(isSettled)
      .map((status) => [status, moves.filter(([, { from }]) => from.includes(status)).map(([name]) => name)]);
    expect(Object.fromEntries(left)).toEqual({
      SHIPPED: [],
      INVENTORY_FAILED: [],
      INVENTORY_RELEASED: [],
      NEEDS_ATTENTION: ["RepairStarted"],
    });
  });

  test("never goes back by a step, so that one which looks again comes to an end", () => {
    const made = Object.values(steps).flatMap((step: Step & { readonly begins?: Milestone }) => [
      ...eventsOf(step),
      ...(step.begins ? [step.begins] : []),
    ]);
    const ofSteps = moves.filter(([name]) => made.includes(name));
    // An operator repairs, and a person is asked and decides.
    expect(ofSteps).toHaveLength(moves.length - 4);
    const visit = (status: string, path: readonly string[]): void => {
      expect(path, `${path.join(" → ")} → ${status}`).not.toContain(status);
      for (const [, { from, to }] of ofSteps) if (from.includes(status)) visit(to, [...path, status]);
    };
    visit("PENDING", []);
  });

  test("has a way back from every status under way, so that no undo finds its move illegal", () => {
    const { RefundStarted, PaymentRefunded, ReleaseStarted, InventoryReleased } = lifecycle;
    const undone = [RefundStarted, PaymentRefunded, ReleaseStarted, InventoryReleased].flatMap(({ from }) => [...from]);
    expect(new Set<string>(undone)).toEqual(new Set([...statusesUnderWay, ...statusesOfApproval]));
  });

  test("never leads from SHIPPED to a refund: the pivot is passed", () => {
    expect(lifecycle.RefundStarted.from).not.toContain("SHIPPED");
  });
});

describe("a delivery", () => {
  test("advances an order whose work is undone", () => {
    expect(decide("RESERVED", ["PaymentCharged", "PaymentDeclined"])).toEqual({ kind: "advance" });
  });

  test("resumes with what was reached, when the crash came between the write and the event", () => {
    expect(decide("PAYMENT_DECLINED", ["PaymentCharged", "PaymentDeclined"])).toEqual({
      kind: "resume",
      milestone: "PaymentDeclined",
    });
  });

  test("is ignored by an order that has moved on", () => {
    expect(decide("SHIPPED", ["PaymentCharged", "PaymentDeclined"])).toEqual({ kind: "ignore" });
  });

  test("advances a compensation that claimed the order and then crashed", () => {
    expect(decide("REFUNDING", ["RefundStarted", "PaymentRefunded"])).toEqual({ kind: "advance" });
  });
});
