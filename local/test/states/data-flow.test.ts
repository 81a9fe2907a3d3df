import { describe, expect, test } from "vitest";
import { oneTask, runDefinition, succeeds } from "./run-definition.ts";
import type { Task } from "./run-definition.ts";

const pass = (fields: object) => ({ StartAt: "It", States: { It: { Type: "Pass", End: true, ...fields } } });
const outputOf = async (definition: unknown, input: unknown) =>
  (await runDefinition(definition, { input })).execution.output;

const answersTwice: Task = (_, __, answer) => {
  answer.succeeded("first");
  answer.failed("Second", "too late");
};

describe("JSONPath", () => {
  test("a task's result passes ResultSelector, ResultPath and OutputPath, in this order", async () => {
    const fields = {
      InputPath: "$.order",
      Parameters: { "id.$": "$.id", kind: "charge" },
      ResultSelector: { "charge.$": "$.Payload.chargeId" },
      ResultPath: "$.payment",
      OutputPath: "$.payment",
    };
    const { execution, inputs } = await runDefinition(oneTask(fields), {
      input: { order: { id: "o-1" } },
      task: succeeds({ Payload: { chargeId: "c-1" } }),
    });
    expect(inputs).toEqual([{ id: "o-1", kind: "charge" }]);
    expect(execution.output).toEqual({ charge: "c-1" });
  });

  test("ResultPath null keeps the input, and no data is changed in region", async () => {
    const input = Object.freeze({ nested: Object.freeze({ a: 1 }) });
    expect(await outputOf(pass({ Result: 1, ResultPath: null }), input)).toEqual({ nested: { a: 1 } });
    expect(await outputOf(pass({ Result: 2, ResultPath: "$.nested.b" }), input)).toEqual({ nested: { a: 1, b: 2 } });
  });

  test.each([
    ["States.Format('{} has {}', $.name, $.list)", "ann has [1, 2, 3]"],
    ["States.Array($.name, 1, null, true)", ["ann", 1, null, true]],
    ["States.ArrayPartition($.list, 2)", [[1, 2], [3]]],
    ["States.ArrayGetItem($.list, 1)", 2],
    ["States.ArrayUnique(States.Array(1, 1, 2))", [1, 2]],
    ["States.MathAdd(1.49, 1.5)", 3],
    ["States.StringSplit(',a,,b,', ',')", ["a", "b"]],
    ["States.Base64Decode(States.Base64Encode($.name))", "ann"],
    ["States.JsonMerge($.one, $.two, false)", { a: 1, b: 3 }],
    ["States.StringToJson('{\"a\": [1]}')", { a: [1] }],
    ["States.ArrayRange(1, 9, 4)", [1, 5, 9]],
    ["$.list[?(@ > 1)]", [2, 3]],
    ["$.list[-1]", 3],
    ["$.list[:2]", [1, 2]],
    ["$.none[*].x", []],
    ["$..b", [2, 3]],
    ["$$.Execution.Name", "run"],
  ])("%s", async (expression, expected) => {
    const input = { name: "ann", list: [1, 2, 3], one: { a: 1, b: 2 }, two: { b: 3 }, none: [] };
    expect(await outputOf(pass({ Parameters: { "value.$": expression }, OutputPath: "$.value" }), input)).toEqual(
      expected,
    );
  });

  test.each([
    ["$['a\\\"b']", 1],
    [String.raw`$['a\'b']`, 2],
    [String.raw`$['a\\b']`, 3],
  ])("the path %s keeps a backslash only before a double quote", async (path, expected) => {
    const input = { [String.raw`a\"b`]: 1, "a'b": 2, [String.raw`a\b`]: 3 };
    const { execution } = await runDefinition(pass({ InputPath: path }), { input });
    expect(execution.output).toBe(expected);
  });

  test("a double quote cannot be escaped in the text of an intrinsic function", async () => {
    const definition = pass({ Parameters: { "a.$": String.raw`States.Format('\"{}\"', 'b')` } });
    await expect(runDefinition(definition)).rejects.toMatchObject({ code: "InvalidDefinition" });
  });

  test.each(["", " "])("States.StringToJson of %j is null", async (input) => {
    const { execution } = await runDefinition(pass({ Parameters: { "a.$": "States.StringToJson($)" } }), { input });
    expect(execution.output).toEqual({ a: null });
  });

  test("a path that matches nothing is States.Runtime and names path, field and input", async () => {
    const { execution } = await runDefinition(pass({ Parameters: { "a.$": "$.x" } }), { input: { y: 1 } });
    expect(execution.cause).toBe(
      `An error occurred while executing the state 'It' (entered at the event id #2). ` +
        `The JSONPath '$.x' specified for the field 'a.$' could not be found in the input '{"y":1}'`,
    );
  });
});

describe("JSONata", () => {
  test("Output and Assign both see the variables as they were before the state", async () => {
    const definition = {
      QueryLanguage: "JSONata",
      StartAt: "Set",
      States: {
        Set: { Type: "Pass", Assign: { count: 1 }, Next: "Swap" },
        Swap: { Type: "Pass", Assign: { count: "{% $count + 1 %}" }, Output: "{% $count %}", Next: "Read" },
        Read: { Type: "Pass", Output: { before: "{% $states.input %}", after: "{% $count %}" }, End: true },
      },
    };
    expect(await outputOf(definition, {})).toEqual({ before: 1, after: 2 });
  });

  test("$range gives a sequence, so that one of a single item is the item, and $partition gives lists", async () => {
    const Output = ["{% $range(1, 9, 9) %}", "{% $range(1, 9, 4) %}", "{% $partition([0], 2) %}"];
    const { execution } = await runDefinition({ QueryLanguage: "JSONata", ...pass({ Output }) });
    expect(execution.output).toEqual([1, [1, 5, 9], [[0]]]);
  });

  test("a list of one stays a list from state to state", async () => {
    const definition = {
      QueryLanguage: "JSONata",
      StartAt: "One",
      States: {
        One: { Type: "Pass", Output: { list: "{% [$states.input.list[id='a']] %}" }, Next: "Two" },
        Two: { Type: "Pass", Output: "{% $states.input.list %}", End: true },
      },
    };
    expect(await outputOf(definition, { list: [{ id: "a" }] })).toEqual([{ id: "a" }]);
  });

  test.each([
    ["$partition([1,2,3], 2)", [[1, 2], [3]]],
    ["$range(0, 10, 5)", [0, 5, 10]],
    ["$hash('a', 'MD5')", "0cc175b9c0f1b6a831c399e269772661"],
    ["$parse('{\"a\":1}')", { a: 1 }],
    ["$now()", "2026-01-01T00:00:00.000Z"],
    ["$random()", 0],
  ])("%s", async (expression, expected) => {
    const definition = { QueryLanguage: "JSONata", ...pass({ Output: `{% ${expression} %}` }) };
    expect(await outputOf(definition, {})).toEqual(expected);
  });

  test("a value that is no JSON, such as a function, is an evaluation error", async () => {
    const { execution } = await runDefinition({
      QueryLanguage: "JSONata",
      ...pass({ Output: { f: ["{% function($x){$x} %}"] } }),
    });
    expect(execution.cause).toBe(
      "An error occurred while executing the state 'It' (entered at the event id #2). " +
        "The JSONata expression 'function($x){$x}' specified for the field 'Output/f[0]' " +
        "returned an unsupported result type.",
    );
  });

  test("only the first answer of a task counts, even while its output is being evaluated", async () => {
    const { execution } = await runDefinition(
      { QueryLanguage: "JSONata", ...oneTask({ Output: "{% $states.result %}" }) },
      { task: answersTwice },
    );
    expect(execution.output).toBe("first");
  });

  test("an expression that gives nothing fails with an EvaluationFailed event", async () => {
    const { execution, types } = await runDefinition({
      QueryLanguage: "JSONata",
      ...pass({ Output: { a: "{% $nothing %}" } }),
    });
    expect(execution).toMatchObject({ status: "FAILED", error: "States.QueryEvaluationError" });
    expect(types).toEqual(["ExecutionStarted", "PassStateEntered", "EvaluationFailed", "ExecutionFailed"]);
  });
});
