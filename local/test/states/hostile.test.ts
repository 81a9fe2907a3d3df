import { describe, expect, test } from "vitest";
import { UnknownFeature } from "../../src/errors.ts";
import { compileWildcard } from "../../src/states/data/wildcard.ts";
import { errorOf, openStepFunctions } from "./open-step-functions.ts";
import { fails, neverAnswers, oneTask, runDefinition, succeeds } from "./run-definition.ts";

const nested = (levels: number, inner = "1") => "[".repeat(levels) + inner + "]".repeat(levels);
const pass = (fields: object) => ({ StartAt: "It", States: { It: { Type: "Pass", End: true, ...fields } } });
const jsonata = (expression: string) => ({
  QueryLanguage: "JSONata",
  ...pass({ Output: `{% ${expression} %}` }),
});
const loop = (state: object) => ({ StartAt: "A", States: { A: { ...state, Next: "B" }, B: { ...state, Next: "A" } } });

/** As JSON.parse makes it, with `__proto__` as a member of its own. */
const parsed = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe("what never ends", () => {
  const endless = loop({ Type: "Pass" });
  const task = { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage", Parameters: { QueueUrl: "q" } };
  const heavy = { Type: "Pass", Assign: { n: "{% $sum([1..5000]) %}" }, QueryLanguage: "JSONata" };
  // Each is stopped after about as much work as a tenth of a second takes, told by the events it has by then.
  test.each([
    ["Pass", loop({ Type: "Pass" }), 60_002],
    ["JSONata", loop({ ...heavy, Assign: { n: "{% 1 + 1 %}" } }), 6_000],
    ["heavy JSONata", loop(heavy), 200],
    ["Task", loop(task), 20_000],
    ["Map", loop({ Type: "Map", ItemsPath: "$.items", ItemProcessor: endless, ResultPath: null }), 600_100],
  ])(
    "an Express execution that loops without waiting times out after its five minutes: %s",
    async (_, machine, most) => {
      const { clock, create, callLater, happenings } = openStepFunctions();
      const stateMachineArn = create(machine, { type: "EXPRESS" });
      const answer = callLater("StartSyncExecution", { stateMachineArn, input: '{"items":[1,2,3,4]}' });
      await clock.run();
      expect(await answer).toMatchObject({ status: "TIMED_OUT" });
      expect(clock.nowMs - Date.UTC(2026, 0, 1)).toBe(300_000);
      expect(happenings.length).toBeLessThanOrEqual(most);
    },
  );

  test("an Express execution that waits on its way goes on looping until its time is over", async () => {
    const { clock, create, callLater } = openStepFunctions();
    const stateMachineArn = create(loop({ Type: "Wait", Seconds: 100 }), { type: "EXPRESS" });
    const answer = callLater("StartSyncExecution", { stateMachineArn });
    await clock.run();
    expect(await answer).toMatchObject({ status: "TIMED_OUT" });
  });

  test.each([
    ["recursion without end", "($f := function($n) { $f($n + 1) }; $f(1))"],
    ["recursion that is no tail call", "($f := function($n) { 1 + $f($n) }; $f(1))"],
    ["a range to 1e9", "[1..1000000000]"],
    ["a range of 1e7", "$sum([1..10000000])"],
    ["$range to 1e9", "$range(1, 1000000000, 1)"],
    ["$range by 0", "$range(1, 2, 0)"],
    ["a text that doubles", "($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $length($f('a', 40)))"],
    ["a list that doubles", "($f := function($s, $n) { $n = 0 ? $s : $f($append($s, $s), $n - 1) }; $f([1], 40))"],
    [
      "a value that holds another twice, again and again",
      "($f := function($v, $n) { $n = 0 ? $v : $f({'a': $v, 'b': $v}, $n - 1) }; $f(1, 60))",
    ],
    ["a padded text", "$pad('a', 500000000)"],
    ["a value that nests", "($f := function($v, $n) { $n = 0 ? $v : $f({'a': $v}, $n - 1) }; $f(1, 20000))"],
  ])("JSONata: %s is an evaluation error", async (_, expression) => {
    const { execution } = await runDefinition(jsonata(expression));
    expect(execution).toMatchObject({ status: "FAILED", error: "States.QueryEvaluationError" });
  });

  test("JSONata: the bound leaves room for work over a whole payload", async () => {
    const input = Array.from({ length: 10_000 }, (_, at) => at);
    const { execution } = await runDefinition(jsonata("$sum($states.input[$ % 2 = 0].($ * 2))"), { input });
    expect(execution.output).toBe(49_990_000);
  });

  test("JSONata: a regular expression that backtracks takes linear time", async () => {
    const { execution } = await runDefinition(jsonata("$contains($states.input, /^(a+)+$/)"), {
      input: `${"a".repeat(50_000)}b`,
    });
    expect(execution.output).toBe(false);
  });

  test("JSONata: regular expressions match, replace and split as they do in JavaScript", async () => {
    const { execution } = await runDefinition(
      jsonata(
        "[$match($states.input, /(b)(x)?/i).match, $replace($states.input, /([A-Z])(\\w)/, '$2$1'), " +
          "$split($states.input, /[,;]\\s*/)]",
      ),
      { input: "aB, Ab; c" },
    );
    expect(execution.output).toEqual(["B", "b", "aB, bA; c", "aB", "Ab", "c"]);
  });

  test("JSONata: a regular expression that needs backtracking is refused by name", async () => {
    await expect(runDefinition(jsonata("$contains('a', /(?=a)/)"))).rejects.toThrow(UnknownFeature);
  });

  test("StringMatches with many stars looks at a text once", () => {
    const matches = compileWildcard("*a".repeat(60));
    expect(matches("a".repeat(200_000))).toBe(true);
    expect(matches(`${"a".repeat(200_000)}b`)).toBe(false);
  });

  test.each([
    ["*", "", true],
    ["a*b*c", "a--b--c", true],
    ["a*b*c", "a--c--b", false],
    ["ab*ba", "aba", false],
    [String.raw`a\*`, "a*", true],
    [String.raw`a\*`, "ab", false],
    [String.raw`a\\*`, String.raw`a\b`, true],
    ["a.c", "abc", false],
  ])("StringMatches %j of %j is %s", (pattern, text, expected) => {
    expect(compileWildcard(pattern)(text)).toBe(expected);
  });

  test("a path that matches more nodes than any result has fails the execution", async () => {
    const { execution } = await runDefinition(pass({ Parameters: { "all.$": "$..*..*..*..*..*..*" } }), {
      input: JSON.parse(nested(400)) as unknown,
    });
    expect(execution).toMatchObject({ status: "FAILED", error: "States.Runtime" });
  });

  test("a back-off that overflows waits no longer than an execution lasts", async () => {
    const Retry = [{ ErrorEquals: ["States.ALL"], BackoffRate: 1e200, MaxAttempts: 4 }];
    const { execution } = await runDefinition(oneTask({ Retry }), { task: fails("Broken") });
    expect(execution).toMatchObject({ status: "FAILED", error: "Broken" });
  });

  test.each([
    [{ Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 1e9 }] }],
    [{ Retry: [{ ErrorEquals: ["States.ALL"], MaxDelaySeconds: 1e9 }] }],
    [{ TimeoutSeconds: 1e9 }],
  ])("a definition beyond AWS's bounds is invalid: %j", async (fields) => {
    await expect(runDefinition(oneTask(fields))).rejects.toMatchObject({ code: "InvalidDefinition" });
  });

  test("a timeout beyond AWS's bounds fails the state", async () => {
    const { execution } = await runDefinition(oneTask({ TimeoutSecondsPath: "$.t" }), {
      input: { t: 1e308 },
      task: neverAnswers,
    });
    expect(execution).toMatchObject({ status: "FAILED", error: "States.Runtime" });
  });
});

describe.each([1_001, 10_000])("%i levels of nesting", (levels) => {
  const text = nested(levels);

  test("are turned down as input, as a task's answer and as a definition", () => {
    const { create, start, call } = openStepFunctions();
    const arn = create(pass({}));
    expect(errorOf(() => start(arn, { input: text }))).toMatch(/^InvalidExecutionInput: /);
    const activityArn = call("CreateActivity", { name: "work" }).activityArn as string;
    start(create({ StartAt: "Do", States: { Do: { Type: "Task", Resource: activityArn, End: true } } }, { name: "a" }));
    call("GetActivityTask", { activityArn });
    expect(errorOf(() => call("SendTaskSuccess", { taskToken: "none", output: text }))).toMatch(/^Invalid/);
    const definition = `{"StartAt":"It","States":{"It":{"Type":"Pass","End":true,"Parameters":{"a":${text}}}}}`;
    const machine = { name: "deep", definition, roleArn: "arn:aws:iam::000000000000:role/orders" };
    expect(errorOf(() => call("CreateStateMachine", machine))).toMatch(/^InvalidDefinition: /);
  });

  test("of choice rules are turned down", () => {
    const rule = '{"And":['.repeat(levels) + '{"Variable":"$.a","IsPresent":true}' + "]}".repeat(levels);
    const choice = `{"Type":"Choice","Choices":[${rule.replace('{"And"', '{"Next":"B","And"')}]}`;
    const definition = `{"StartAt":"A","States":{"A":${choice},"B":{"Type":"Succeed"}}}`;
    const { call } = openStepFunctions();
    const machine = { name: "deep", definition, roleArn: "arn:aws:iam::000000000000:role/orders" };
    expect(errorOf(() => call("CreateStateMachine", machine))).toMatch(/^InvalidDefinition: /);
  });

  test("in a task's answer are over the data limit", async () => {
    const { execution } = await runDefinition(oneTask({}), { task: succeeds(JSON.parse(text)) });
    expect(execution).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
  });

  test("in States.StringToJson fail the function", async () => {
    const { execution } = await runDefinition(pass({ Parameters: { "a.$": "States.StringToJson($)" } }), {
      input: text,
    });
    expect(execution).toMatchObject({ status: "FAILED", error: "States.IntrinsicFailure" });
  });

  test("of intrinsic calls, filters and expressions are turned down", async () => {
    const calls = "States.Array(".repeat(levels) + "1" + ")".repeat(levels);
    await expect(runDefinition(pass({ Parameters: { "a.$": calls } }))).rejects.toMatchObject({
      code: "InvalidDefinition",
    });
    const filter = `$[?(${"(".repeat(levels)}@.a${")".repeat(levels)})]`;
    await expect(runDefinition(pass({ Parameters: { "a.$": filter } }))).rejects.toThrow(UnknownFeature);
    const { execution } = await runDefinition(jsonata("[".repeat(levels) + "]".repeat(levels))).catch(
      (error: { code: string }) => ({ execution: { error: error.code } }),
    );
    expect(["InvalidDefinition", "States.QueryEvaluationError"]).toContain(execution.error);
  });
});

test.each([
  ["Parameters", { Parameters: Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`${at}.$`, "$"])) }],
  ["Assign", { Assign: Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`v${at}.$`, "$"])) }],
])("%s that copy the input many times are over the data limit", async (_, fields) => {
  const { execution } = await runDefinition(pass(fields), { input: "x".repeat(200_000) });
  expect(execution).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
});

test.each([
  [262_144, "SUCCEEDED"],
  [262_145, "FAILED"],
])("a result of %i bytes of UTF-8 has %s", async (bytes, status) => {
  const output = { é: "", list: [1, null, -1.5] };
  const rest = bytes - Buffer.byteLength(JSON.stringify(output));
  const { execution } = await runDefinition(oneTask({}), { task: succeeds({ ...output, é: "x".repeat(rest) }) });
  expect(execution.status).toBe(status);
});

test("data that nests one level deeper in each state reaches the limit, not the stack", async () => {
  const { execution } = await runDefinition({
    StartAt: "A",
    States: { A: { Type: "Pass", Parameters: { "a.$": "$" }, Next: "B" }, B: { Type: "Pass", Next: "A" } },
  });
  expect(execution).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
});

describe("names that objects have of their own", () => {
  const member = parsed('{"__proto__":{"polluted":true},"constructor":1}');

  test.each([
    ["Parameters", pass({ Parameters: parsed('{"__proto__.$":"$.a","b":{"__proto__":1}}') })],
    ["ResultSelector", oneTask({ ResultSelector: parsed('{"__proto__.$":"$.a","b":{"__proto__":1}}') })],
    [
      "Output",
      { QueryLanguage: "JSONata", ...pass({ Output: parsed('{"__proto__":"{% 7 %}","b":{"__proto__":1}}') }) },
    ],
  ])("%s keeps __proto__ as a plain member", async (_, definition) => {
    const { execution } = await runDefinition(definition, { input: { a: 7 }, task: succeeds({ a: 7 }) });
    expect(JSON.stringify(execution.output)).toBe('{"__proto__":7,"b":{"__proto__":1}}');
  });

  test("ItemSelector, Assign and ResultPath keep __proto__, too", async () => {
    const { execution } = await runDefinition(
      {
        StartAt: "Set",
        States: {
          Set: { Type: "Pass", Assign: parsed('{"v":{"__proto__.$":"$.a"}}'), ResultPath: "$.__proto__", Next: "Map" },
          Map: {
            Type: "Map",
            ItemsPath: "$.list",
            ItemSelector: parsed('{"__proto__.$":"$$.Map.Item.Value","v.$":"$v"}'),
            ItemProcessor: pass({}),
            End: true,
          },
        },
      },
      { input: { a: 7, list: [1] } },
    );
    expect(JSON.stringify(execution.output)).toBe('[{"__proto__":1,"v":{"__proto__":7}}]');
  });

  test("input and output carry them unchanged", async () => {
    const { execution } = await runDefinition(pass({}), { input: member });
    expect(JSON.stringify(execution.output)).toBe(JSON.stringify(member));
  });

  test.each(["constructor", "__proto__", "toString"])(
    "%s is no operator, function, service or operation",
    async (name) => {
      const { states, call } = openStepFunctions();
      const choices = [parsed(`{"Variable":"$.a","${name}":true,"Next":"B"}`)];
      const choice = { StartAt: "A", States: { A: { Type: "Choice", Choices: choices }, B: { Type: "Succeed" } } };
      await expect(runDefinition(choice)).rejects.toThrow(UnknownFeature);
      expect(() => states.call(name, {}, { principal: { kind: "operator" }, trace: {} as never })).toThrow(
        UnknownFeature,
      );
      const { execution } = await runDefinition(pass({ Parameters: { "a.$": `States.Hash('a', '${name}')` } }));
      expect(execution.error).toBe("States.IntrinsicFailure");
      const sdk = oneTask({ Resource: `arn:aws:states:::aws-sdk:${name}:call` });
      const machine = { name: "m", definition: JSON.stringify(sdk), roleArn: "arn:aws:iam::000000000000:role/orders" };
      expect(() => call("CreateStateMachine", machine)).toThrow(UnknownFeature);
    },
  );
});

const runTask = async (Resource: string, input: unknown) => {
  const { create, start, call, clock } = openStepFunctions();
  const arn = create({ StartAt: "Do", States: { Do: { Type: "Task", Resource, End: true } } });
  const executionArn = start(arn, { input: JSON.stringify(input) });
  await clock.run();
  return call("DescribeExecution", { executionArn });
};

describe("parameters that are no request", () => {
  test.each([null, 1, "text", [1]])("%j cannot start a task", async (input) => {
    for (const action of ["lambda:invoke", "sqs:sendMessage", "events:putEvents", "states:startExecution"]) {
      expect(await runTask(`arn:aws:states:::${action}`, input)).toMatchObject({
        status: "FAILED",
        error: "States.Runtime",
      });
    }
  });

  test.each([null, [null], [{ Time: "tomorrow" }], [{ Time: {} }]])("PutEvents of %j cannot start", async (Entries) => {
    const { status, error, cause } = await runTask("arn:aws:states:::events:putEvents", { Entries });
    expect([status, error]).toEqual(["FAILED", "States.Runtime"]);
    expect(cause).toContain(
      "could not be used to start the Task: [The value of the field 'Entries' has an invalid format]",
    );
  });
});
