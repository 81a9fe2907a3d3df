import { describe, expect, test } from "vitest";
import { fails, neverAnswers, oneTask, runDefinition, succeeds } from "./run-definition.ts";
import type { Task } from "./run-definition.ts";

const Named = { Type: "Pass", Result: "named", End: true };
const Any = { Type: "Pass", Result: "any", End: true };
const failsSilently: Task = (_, __, answer) => answer.failed(undefined, undefined);
const catcher = (error: string, Next: string, more: object = {}) => ({ ErrorEquals: [error], Next, ...more });

describe("Catch", () => {
  test("comes after Retry is used up", async () => {
    const { attemptSeconds, execution } = await runDefinition(
      oneTask({ Retry: [{ ErrorEquals: ["Busy"], MaxAttempts: 1 }], Catch: [catcher("Busy", "Named")] }, { Named }),
      { task: fails("Busy") },
    );
    expect(attemptSeconds).toEqual([0, 1]);
    expect(execution.output).toBe("named");
  });

  test.each([
    ["a timeout", { TimeoutSeconds: 1 }, neverAnswers, { Error: "States.Timeout", Cause: "" }],
    ["a worker that gave no error", {}, failsSilently, { Error: null, Cause: null }],
  ])("is told of %s in these words", async (_, fields, task, expected) => {
    const Shown = { Type: "Pass", End: true };
    const definition = oneTask({ ...fields, Catch: [catcher("States.ALL", "Shown")] }, { Shown });
    const { execution } = await runDefinition(definition, { task });
    expect(execution.output).toEqual(expected);
  });

  test("takes the first catcher that names the error", async () => {
    const catchers = [catcher("Other", "Any"), catcher("PaymentDeclined", "Named"), catcher("States.ALL", "Any")];
    const { execution } = await runDefinition(oneTask({ Catch: catchers }, { Named, Any }), {
      task: fails("PaymentDeclined"),
    });
    expect(execution.output).toBe("named");
  });

  test("lets States.TaskFailed stand for any error of a task but a timeout", async () => {
    const catchers = [catcher("States.TaskFailed", "Named"), catcher("States.Timeout", "Any")];
    const failed = await runDefinition(oneTask({ Catch: catchers }, { Named, Any }), { task: fails("Whatever") });
    const timedOut = await runDefinition(oneTask({ TimeoutSeconds: 1, Catch: catchers }, { Named, Any }), {
      task: () => undefined,
    });
    expect([failed.execution.output, timedOut.execution.output]).toEqual(["named", "any"]);
  });

  test("puts the error where ResultPath says, and replaces the input without it", async () => {
    const kept = await runDefinition(
      oneTask({ Catch: [catcher("Busy", "Stop", { ResultPath: "$.error" })] }, { Stop: { Type: "Succeed" } }),
      { input: { orderId: "o-1" }, task: fails("Busy", "too many") },
    );
    const replaced = await runDefinition(oneTask({ Catch: [catcher("Busy", "Stop")] }, { Stop: { Type: "Succeed" } }), {
      input: { orderId: "o-1" },
      task: fails("Busy", "too many"),
    });
    const error = { Error: "Busy", Cause: "too many" };
    expect([kept.execution.output, replaced.execution.output]).toEqual([{ orderId: "o-1", error }, error]);
  });

  test("does not catch what the catcher itself does wrong", async () => {
    const catcherThatFails = { ErrorEquals: ["States.ALL"], Next: "Any", Output: "{% $nothing %}" };
    const definition = {
      QueryLanguage: "JSONata",
      ...oneTask({ Catch: [catcherThatFails] }, { Any: { Type: "Succeed" } }),
    };
    const { execution, types } = await runDefinition(definition, { task: fails("Busy") });
    expect(execution).toMatchObject({ status: "FAILED", error: "States.QueryEvaluationError" });
    expect(execution.cause).toContain("specified for the field 'Catch[0]/Output' returned nothing (undefined).");
    expect(types.filter((type) => type === "EvaluationFailed")).toHaveLength(1);
  });

  test("never catches States.Runtime, by whatever name", async () => {
    const catchers = [catcher("States.Runtime", "Named"), catcher("States.ALL", "Any")];
    const { execution, types } = await runDefinition(
      oneTask({ OutputPath: "$.no.such", Catch: catchers }, { Named, Any }),
      {
        task: succeeds({}),
      },
    );
    expect(execution).toMatchObject({
      status: "FAILED",
      error: "States.Runtime",
      cause:
        "An error occurred while executing the state 'Charge' (entered at the event id #2). " +
        "Invalid path '$.no.such' : Missing property in path $['no']",
    });
    expect(types.at(-2)).toBe("TaskSucceeded");
  });

  test("catches a result of more than 262,144 bytes under States.ALL", async () => {
    const { execution, types } = await runDefinition(oneTask({ Catch: [catcher("States.ALL", "Any")] }, { Any }), {
      task: succeeds("x".repeat(262_143)),
    });
    expect(types).toContain("TaskFailed");
    expect(execution.output).toBe("any");
  });
});
