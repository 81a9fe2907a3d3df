import { describe, expect, test } from "vitest";
import { oneTask, runDefinition } from "./run-definition.ts";

const { Charge: chargeState } = oneTask({}).States;
const wait = (seconds: number) => ({
  StartAt: "Wait",
  States: { Wait: { Type: "Wait", Seconds: seconds, End: true } },
});
const failAfter = (seconds: number) => ({
  StartAt: "Pause",
  States: {
    Pause: { Type: "Wait", Seconds: seconds, Next: "Stop" },
    Stop: { Type: "Fail", Error: "Broken", Cause: "c" },
  },
});
const parallel = (branches: object[], more: object = {}) => ({
  StartAt: "Both",
  States: { Both: { Type: "Parallel", Branches: branches, End: true, ...more } },
});
const map = (processor: object, more: object = {}) => ({
  StartAt: "Each",
  States: { Each: { Type: "Map", ItemProcessor: processor, End: true, ...more } },
});

describe("Parallel", () => {
  test("gives the outputs in the order of the branches once the slowest is done", async () => {
    const { execution, endSeconds } = await runDefinition(parallel([wait(5), wait(2)]), { input: "in" });
    expect(execution.output).toEqual(["in", "in"]);
    expect(endSeconds).toBe(5);
  });

  test("stops the other branches when one fails", async () => {
    const { execution, endSeconds, types } = await runDefinition(parallel([wait(50), failAfter(3)]));
    expect(execution).toMatchObject({ status: "FAILED", error: "Broken" });
    expect(endSeconds).toBe(3);
    expect(types.slice(-3)).toEqual(["WaitStateAborted", "ParallelStateFailed", "ExecutionFailed"]);
  });

  test("runs all branches again on a retry", async () => {
    const { types, endSeconds } = await runDefinition(
      parallel([failAfter(1)], { Retry: [{ ErrorEquals: ["Broken"], MaxAttempts: 2, BackoffRate: 1 }] }),
    );
    expect(types.filter((type) => type === "ParallelStateStarted")).toHaveLength(3);
    expect(endSeconds).toBe(5);
  });

  test("lets a branch read the variables outside it", async () => {
    const reads = { StartAt: "In", States: { In: { Type: "Pass", Parameters: { "seen.$": "$x" }, End: true } } };
    const definition = {
      StartAt: "Set",
      States: { Set: { Type: "Pass", Assign: { x: 1 }, Next: "Both" }, Both: parallel([reads]).States.Both },
    };
    expect((await runDefinition(definition)).execution.output).toEqual([{ seen: 1 }]);
  });

  test("keeps the variables of a branch to itself", async () => {
    const assigns = { StartAt: "In", States: { In: { Type: "Pass", Assign: { y: 2 }, End: true } } };
    const definition = {
      StartAt: "Both",
      States: {
        Both: { Type: "Parallel", Branches: [assigns], Next: "Read" },
        Read: { Type: "Pass", Parameters: { "y.$": "$y" }, End: true },
      },
    };
    const { execution } = await runDefinition(definition);
    expect(execution).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    expect(execution.cause).toContain("while executing the state 'Read'");
  });
});

describe("Map", () => {
  test("runs no more iterations at a time than MaxConcurrency", async () => {
    const { endSeconds } = await runDefinition(map(wait(10), { MaxConcurrency: 2 }), { input: [1, 2, 3, 4, 5] });
    expect(endSeconds).toBe(30);
  });

  test("runs at most 40 iterations at a time in INLINE mode", async () => {
    const { endSeconds } = await runDefinition(map(wait(10)), { input: Array.from({ length: 41 }, (_, at) => at) });
    expect(endSeconds).toBe(20);
  });

  test("gives ItemSelector the item and its index, and keeps the order of the items", async () => {
    const selector = { "value.$": "$$.Map.Item.Value", "index.$": "$$.Map.Item.Index", "all.$": "$.all" };
    const inner = { StartAt: "In", States: { In: { Type: "Pass", End: true } } };
    const { execution } = await runDefinition(map(inner, { ItemsPath: "$.items", ItemSelector: selector }), {
      input: { items: ["a", "b"], all: 1 },
    });
    expect(execution.output).toEqual([
      { value: "a", index: 0, all: 1 },
      { value: "b", index: 1, all: 1 },
    ]);
  });

  test("takes 6,000 iterations that end at once without running out of stack", async () => {
    const inner = { StartAt: "In", States: { In: { Type: "Succeed" } } };
    const { execution } = await runDefinition(map(inner, { MaxConcurrency: 1 }), {
      input: Array.from({ length: 6_000 }, (_, at) => at),
    });
    expect(execution.status).toBe("SUCCEEDED");
  });

  test("aborts the other iterations when one fails", async () => {
    const processor = { StartAt: "Charge", States: { Charge: chargeState } };
    const { types } = await runDefinition(map(processor), {
      input: [1, 2],
      task: (attempt, _, answer) => attempt === 2 && answer.failed("Broken", ""),
    });
    expect(types.slice(-7)).toEqual([
      "TaskFailed",
      "MapIterationFailed",
      "TaskStateAborted",
      "MapIterationAborted",
      "TaskStateAborted",
      "MapStateFailed",
      "ExecutionFailed",
    ]);
  });

  test("keeps the events of a DISTRIBUTED Map's children out of the history", async () => {
    const processor = {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "In",
      States: { In: { Type: "Pass", End: true } },
    };
    const { types, execution } = await runDefinition(map(processor), { input: [1, 2] });
    expect(execution.output).toEqual([1, 2]);
    expect(types).toEqual([
      "ExecutionStarted",
      "MapStateEntered",
      "MapStateStarted",
      "MapRunStarted",
      "MapRunSucceeded",
      "MapStateSucceeded",
      "MapStateExited",
      "ExecutionSucceeded",
    ]);
  });
});

test("an execution fails rather than write event 25,001", async () => {
  const definition = { StartAt: "Again", States: { Again: { Type: "Pass", Next: "Again" } } };
  const { execution } = await runDefinition(definition);
  expect(execution.events).toHaveLength(25_000);
  expect(execution).toMatchObject({
    status: "FAILED",
    cause: "The execution reached the maximum number of history events (25000).",
  });
});
