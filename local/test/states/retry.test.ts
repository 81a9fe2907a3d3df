import { describe, expect, test } from "vitest";
import { seeded } from "../../src/choices.ts";
import { fails, oneTask, runDefinition } from "./run-definition.ts";
import type { Task } from "./run-definition.ts";

const failsTwice: Task = (attempt, _, answer) => (attempt < 3 ? answer.failed("Busy", "") : answer.succeeded("done"));

const failsInTurn: Task = (attempt, _, answer) => answer.failed(attempt % 2 ? "Busy" : "Down", "");

describe("Retry", () => {
  test("waits 1, 2 and 4 seconds and gives up after three retries, by default", async () => {
    const { attemptSeconds, execution } = await runDefinition(oneTask({ Retry: [{ ErrorEquals: ["States.ALL"] }] }), {
      task: fails("Busy"),
    });
    expect(attemptSeconds).toEqual([0, 1, 3, 7]);
    expect(execution).toMatchObject({ status: "FAILED", error: "Busy", cause: "because" });
  });

  test("stops as soon as an attempt succeeds", async () => {
    const { attemptSeconds, execution } = await runDefinition(
      oneTask({ Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 3, BackoffRate: 1.5, MaxAttempts: 9 }] }),
      { task: failsTwice },
    );
    expect(attemptSeconds).toEqual([0, 3, 7.5]);
    expect(execution.output).toBe("done");
  });

  test("never waits longer than MaxDelaySeconds", async () => {
    const retry = { ErrorEquals: ["Busy"], IntervalSeconds: 2, BackoffRate: 10, MaxDelaySeconds: 5, MaxAttempts: 3 };
    const { attemptSeconds } = await runDefinition(oneTask({ Retry: [retry] }), { task: fails("Busy") });
    expect(attemptSeconds).toEqual([0, 2, 7, 12]);
  });

  test("counts each retrier by itself", async () => {
    const retries = [
      { ErrorEquals: ["Busy"], MaxAttempts: 2, BackoffRate: 1 },
      { ErrorEquals: ["Down"], MaxAttempts: 1, BackoffRate: 1 },
    ];
    const { attemptSeconds, execution } = await runDefinition(oneTask({ Retry: retries }), { task: failsInTurn });
    expect(attemptSeconds).toEqual([0, 1, 2, 3]);
    expect(execution.error).toBe("Down");
  });

  test("does not retry with MaxAttempts 0, nor an error that no retrier names", async () => {
    const none = await runDefinition(oneTask({ Retry: [{ ErrorEquals: ["Busy"], MaxAttempts: 0 }] }), {
      task: fails("Busy"),
    });
    const other = await runDefinition(oneTask({ Retry: [{ ErrorEquals: ["Down"] }] }), { task: fails("Busy") });
    expect([none.attemptSeconds, other.attemptSeconds]).toEqual([[0], [0]]);
  });

  test("takes the full delay of FULL jitter when nothing is left to chance", async () => {
    const retry = { ErrorEquals: ["Busy"], IntervalSeconds: 10, JitterStrategy: "FULL", MaxAttempts: 1 };
    const { attemptSeconds } = await runDefinition(oneTask({ Retry: [retry] }), { task: fails("Busy") });
    expect(attemptSeconds).toEqual([0, 10]);
  });

  test("draws FULL jitter between nothing and the whole delay, never more", async () => {
    const retry = {
      ErrorEquals: ["Busy"],
      IntervalSeconds: 10,
      BackoffRate: 1,
      JitterStrategy: "FULL",
      MaxAttempts: 200,
    };
    const { attemptSeconds } = await runDefinition(oneTask({ Retry: [retry] }), {
      task: fails("Busy"),
      choices: seeded(7),
    });
    const delays = attemptSeconds.slice(1).map((at, index) => at - attemptSeconds[index]!);
    expect(delays).toHaveLength(200);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.min(...delays)).toBeLessThan(1);
    expect(Math.max(...delays)).toBeGreaterThan(9);
    expect(Math.max(...delays)).toBeLessThanOrEqual(10.001);
    expect(new Set(delays.map((delay) => delay.toFixed(3))).size).toBeGreaterThan(5);
  });

  test("gives each attempt the number of retries in the context object", async () => {
    const { inputs } = await runDefinition(
      oneTask({ Parameters: { "retries.$": "$$.State.RetryCount" }, Retry: [{ ErrorEquals: ["Busy"] }] }),
      { task: failsTwice },
    );
    expect(inputs).toEqual([{ retries: 0 }, { retries: 1 }, { retries: 2 }]);
  });

  test("gives no number of retries where the state has no Retry", async () => {
    const { inputs } = await runDefinition(oneTask({ Parameters: { "state.$": "$$.State" } }));
    expect(inputs).toEqual([{ state: { Name: "Charge", EnteredTime: "2026-01-01T00:00:00.000Z" } }]);
  });
});

test("a delay that grows beyond all numbers is as long as MaxDelaySeconds may be", async () => {
  const retry = [{ ErrorEquals: ["States.ALL"], BackoffRate: 1e308, MaxAttempts: 3 }];
  const { attemptSeconds } = await runDefinition(oneTask({ Retry: retry }), { task: fails("Busy") });
  expect(attemptSeconds).toEqual([0, 1, 1 + 31_622_400, 1 + 2 * 31_622_400]);
});
