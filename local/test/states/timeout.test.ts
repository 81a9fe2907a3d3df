import { describe, expect, test } from "vitest";
import type { TaskAnswer } from "../../src/states/task/port.ts";
import { neverAnswers, oneTask, runDefinition } from "./run-definition.ts";

describe("timeouts", () => {
  test("a task that does not answer ends after TimeoutSeconds as States.Timeout without a cause", async () => {
    const { execution, endSeconds, types } = await runDefinition(oneTask({ TimeoutSeconds: 30 }), {
      task: neverAnswers,
    });
    expect(endSeconds).toBe(30);
    expect(execution).toMatchObject({ status: "FAILED", error: "States.Timeout", cause: undefined });
    expect(types.slice(-3)).toEqual(["TaskStarted", "TaskTimedOut", "ExecutionFailed"]);
  });

  test("tasks that time out at one instant are all noted before the first fails its iteration", async () => {
    const { types } = await runDefinition(
      {
        StartAt: "All",
        States: { All: { Type: "Map", ItemProcessor: oneTask({ TimeoutSeconds: 5 }), End: true } },
      },
      { input: [1, 2, 3, 4], task: neverAnswers },
    );
    const timedOut = Array.from({ length: 4 }, () => "TaskTimedOut");
    const aborted = Array.from({ length: 3 }, () => ["TaskStateAborted", "MapIterationAborted"]).flat();
    expect(types.slice(types.indexOf("TaskTimedOut"))).toEqual([
      ...timedOut,
      "MapIterationFailed",
      ...aborted,
      "TaskStateAborted",
      "MapStateFailed",
      "ExecutionFailed",
    ]);
  });

  test("an answer after the timeout changes nothing", async () => {
    let late: TaskAnswer | undefined;
    const { execution, types } = await runDefinition(
      oneTask({ TimeoutSeconds: 1, Retry: [{ ErrorEquals: ["States.Timeout"], MaxAttempts: 1 }] }),
      {
        task: (attempt, _, answer) => {
          if (attempt === 1) late = answer;
          else {
            late!.succeeded("late");
            answer.succeeded("in time");
          }
        },
      },
    );
    expect(execution.output).toBe("in time");
    expect(types.filter((type) => type === "TaskSucceeded")).toHaveLength(1);
  });

  test("TimeoutSecondsPath reads the limit from the input", async () => {
    const { endSeconds } = await runDefinition(oneTask({ TimeoutSecondsPath: "$.limit" }), {
      input: { limit: 12 },
      task: neverAnswers,
    });
    expect(endSeconds).toBe(12);
  });

  test("a missed heartbeat is States.Timeout that States.HeartbeatTimeout catches, too", async () => {
    const { execution, endSeconds } = await runDefinition(
      oneTask(
        {
          TimeoutSeconds: 600,
          HeartbeatSeconds: 5,
          Catch: [{ ErrorEquals: ["States.HeartbeatTimeout"], Next: "Silent" }],
        },
        { Silent: { Type: "Succeed" } },
      ),
      { task: neverAnswers },
    );
    expect(endSeconds).toBe(5);
    expect(execution.output).toEqual({ Error: "States.Timeout", Cause: "" });
  });

  test("each heartbeat puts the limit off", async () => {
    const beatsAfterFourSeconds = oneTask({ HeartbeatSeconds: 5 });
    const { endSeconds } = await runDefinition(
      {
        StartAt: "Both",
        States: {
          Both: {
            Type: "Parallel",
            End: true,
            Branches: [
              beatsAfterFourSeconds,
              {
                StartAt: "Wait",
                States: { Wait: { Type: "Wait", Seconds: 4, Next: "Beat" }, Beat: { ...oneTask({}).States.Charge } },
              },
            ],
          },
        },
      },
      { task: taskThatIsBeatenBySecond() },
    );
    expect(endSeconds).toBe(9);
  });

  test("the machine's TimeoutSeconds ends it TIMED_OUT, with the error in the event only", async () => {
    const { execution, endSeconds, types } = await runDefinition(
      { ...oneTask({}), TimeoutSeconds: 60 },
      { task: neverAnswers },
    );
    expect(endSeconds).toBe(60);
    expect(execution).toMatchObject({ status: "TIMED_OUT", error: undefined, cause: undefined });
    expect(types.at(-1)).toBe("ExecutionTimedOut");
  });

  test("a wait of years passes at once and to the second", async () => {
    const { endSeconds } = await runDefinition({
      StartAt: "Wait",
      States: { Wait: { Type: "Wait", Timestamp: "2036-01-01T00:00:00Z", End: true } },
    });
    expect(endSeconds).toBe((Date.UTC(2036, 0, 1) - Date.UTC(2026, 0, 1)) / 1000);
  });
});

/** The first task never answers; the second sends a heartbeat for it and answers. */
function taskThatIsBeatenBySecond() {
  let first: TaskAnswer | undefined;
  return (attempt: number, _: unknown, answer: TaskAnswer) => {
    if (attempt === 1) first = answer;
    else {
      first!.heartbeat();
      answer.succeeded(null);
    }
  };
}
