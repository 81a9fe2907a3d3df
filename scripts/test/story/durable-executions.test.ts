import { describe, expect, test } from "vitest";
import { DurableExecutions } from "../../src/story/durable-executions.ts";

/** Executions that invoke functions one after the other, each from a run of its own, and what came of it. */
function invoking(...all: readonly (readonly [execution: string, lane: string, end: string])[]) {
  const executions = new DurableExecutions();
  return all.map(([execution, lane, end], at) => {
    const heard = (event: string, causationId: string) =>
      executions.add({ ...line, execution, event, causationId, operation: String(at), name: lane });
    heard("ChainedInvokeStarted", `run ${at}`);
    const tried = executions.tried(`run ${at}`, lane);
    heard(`ChainedInvoke${end}`, `run ${at}`);
    return tried;
  });
}

const line = {
  type: "DurableEvent",
  variant: "durable",
  batch: "happy",
  at: "2026-01-01T00:00:00.000Z",
  realMs: 0,
  functionName: "saga",
  bytes: 0,
} as const;

describe("what a workflow as code invokes", () => {
  test("is tried again where it is invoked next after it failed, or took too long", () => {
    const ends = ["Failed", "TimedOut", "Succeeded"];
    expect(invoking(...ends.map((end) => ["a", "ChargePayment", end] as const))).toEqual([1, 2, 3]);
  });

  test("begins anew once it has answered, as a charge does that waited for its approval", () => {
    expect(invoking(["a", "ChargePayment", "Succeeded"], ["a", "ChargePayment", "Failed"])).toEqual([1, 1]);
  });

  test("begins anew after another function, though it failed before", () => {
    expect(
      invoking(["a", "RefundPayment", "Failed"], ["a", "ParkOrder", "Succeeded"], ["a", "RefundPayment", "Succeeded"]),
    ).toEqual([1, 1, 1]);
    expect(invoking(["a", "RefundPayment", "Failed"], ["a", "ParkOrder", "Failed"])).toEqual([1, 1]);
  });

  test("is counted by its execution alone", () => {
    expect(
      invoking(["a", "ShipOrder", "Failed"], ["b", "ShipOrder", "Succeeded"], ["a", "ShipOrder", "Succeeded"]),
    ).toEqual([1, 1, 2]);
  });

  test("is nothing that anybody else invokes", () => {
    expect(new DurableExecutions().tried("an event", "ShipOrder")).toBeUndefined();
    expect(new DurableExecutions().tried(undefined, "ShipOrder")).toBeUndefined();
  });
});
