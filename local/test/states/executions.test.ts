import { describe, expect, test } from "vitest";
import { errorOf, openStepFunctions, passing, waiting } from "./open-step-functions.ts";

describe("StartExecution", () => {
  test("gives the running execution for the same name and input", async () => {
    const { create, start, clock } = openStepFunctions();
    const machine = create(waiting);
    const first = start(machine, { name: "order-1", input: '{"a":1}' });
    expect(start(machine, { name: "order-1", input: '{"a":1}' })).toBe(first);
    expect(errorOf(() => start(machine, { name: "order-1", input: '{"a":2}' }))).toBe(
      `ExecutionAlreadyExists: Execution Already Exists: '${first}'`,
    );
    await clock.run();
    expect(errorOf(() => start(machine, { name: "order-1", input: '{"a":1}' }))).toMatch(/^ExecutionAlreadyExists/);
  });

  test("builds the ARN of machine and name", () => {
    const { create, start } = openStepFunctions();
    expect(start(create(passing), { name: "order-1" })).toBe(
      "arn:aws:states:eu-west-2:000000000000:execution:orders:order-1",
    );
  });

  test.each([
    [{ name: "a b" }, "InvalidName: Invalid Name: 'a b'"],
    [{ name: "x".repeat(81) }, `InvalidName: Invalid Name: '${"x".repeat(81)}'`],
    [{ input: "{" }, "InvalidExecutionInput: Invalid State Machine Execution Input:"],
    [{ input: JSON.stringify("x".repeat(262_144)) }, "ValidationException: "],
    [
      { stateMachineArn: "arn:aws:states:eu-west-2:000000000000:stateMachine:none" },
      "StateMachineDoesNotExist: State Machine Does Not Exist: " +
        "'arn:aws:states:eu-west-2:000000000000:stateMachine:none'",
    ],
  ])("turns down %j", (input, message) => {
    const { create, start } = openStepFunctions();
    const machine = create(passing);
    expect(errorOf(() => start(machine, input))).toContain(message);
  });

  test("refuses a parameter that it does not know", () => {
    const { create, start } = openStepFunctions();
    const machine = create(passing);
    expect(() => start(machine, { colour: "red" })).toThrow(
      "the embedded cloud does not know the parameter colour (at states StartExecution)",
    );
  });
});

describe("an execution that was started", () => {
  test("is described with dates in seconds", async () => {
    const { create, start, call, clock } = openStepFunctions();
    const machine = create(waiting);
    const executionArn = start(machine, { name: "order-1", input: '{ "a": 1 }' });
    expect(call("DescribeExecution", { executionArn })).toEqual({
      executionArn,
      stateMachineArn: machine,
      name: "order-1",
      status: "RUNNING",
      startDate: 1_767_225_600,
      input: '{ "a": 1 }',
      inputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: "Execution is RUNNING and cannot be redriven",
    });
    await clock.run();
    expect(call("DescribeExecution", { executionArn })).toMatchObject({
      status: "SUCCEEDED",
      stopDate: 1_767_225_660,
      output: '{"a":1}',
      outputDetails: { included: true },
    });
  });

  test("has a history in the shape of AWS", async () => {
    const { create, start, call, clock } = openStepFunctions();
    const executionArn = start(create(waiting), { input: '{"a":1}' });
    await clock.run();
    const details = { truncated: false };
    expect(call("GetExecutionHistory", { executionArn })).toEqual({
      events: [
        {
          timestamp: 1_767_225_600,
          type: "ExecutionStarted",
          id: 1,
          previousEventId: 0,
          executionStartedEventDetails: {
            input: '{"a":1}',
            inputDetails: details,
            roleArn: "arn:aws:iam::000000000000:role/orders",
          },
        },
        {
          timestamp: 1_767_225_600,
          type: "WaitStateEntered",
          id: 2,
          previousEventId: 0,
          stateEnteredEventDetails: { name: "Wait", input: '{"a":1}', inputDetails: details },
        },
        {
          timestamp: 1_767_225_660,
          type: "WaitStateExited",
          id: 3,
          previousEventId: 2,
          stateExitedEventDetails: { name: "Wait", output: '{"a":1}', outputDetails: details },
        },
        {
          timestamp: 1_767_225_660,
          type: "ExecutionSucceeded",
          id: 4,
          previousEventId: 3,
          executionSucceededEventDetails: { output: '{"a":1}', outputDetails: details },
        },
      ],
    });
  });

  test("gives its history in pages, forwards and backwards, with the same ids", () => {
    const { create, start, call } = openStepFunctions();
    const executionArn = start(create(passing));
    const read = (reverseOrder: boolean) => {
      const ids: number[] = [];
      for (let nextToken: unknown; ;) {
        const page = call("GetExecutionHistory", {
          executionArn,
          reverseOrder,
          maxResults: 3,
          ...(nextToken !== undefined && { nextToken }),
        });
        ids.push(...(page.events as { id: number }[]).map(({ id }) => id));
        nextToken = page.nextToken;
        if (nextToken === undefined) return ids;
      }
    };
    expect([read(false), read(true)]).toEqual([
      [1, 2, 3, 4],
      [4, 3, 2, 1],
    ]);
    expect(errorOf(() => call("GetExecutionHistory", { executionArn, nextToken: "?" }))).toMatch(/^InvalidToken/);
  });

  test("is stopped with an error and a cause, and stays stopped", async () => {
    const { create, start, call, clock } = openStepFunctions();
    const executionArn = start(create(waiting));
    expect(call("StopExecution", { executionArn, error: "Changed", cause: "my mind" })).toEqual({
      stopDate: 1_767_225_600,
    });
    await clock.run();
    expect(call("DescribeExecution", { executionArn })).toMatchObject({
      status: "ABORTED",
      error: "Changed",
      cause: "my mind",
      redriveStatus: "REDRIVABLE",
    });
    expect((call("GetExecutionHistory", { executionArn }).events as object[]).at(-1)).toMatchObject({
      type: "ExecutionAborted",
      previousEventId: 0,
      executionAbortedEventDetails: { error: "Changed", cause: "my mind" },
    });
  });

  test("is listed by status, the youngest first", async () => {
    const { create, start, call, clock } = openStepFunctions();
    const stateMachineArn = create(waiting);
    start(stateMachineArn, { name: "a" });
    await clock.run();
    start(stateMachineArn, { name: "b" });
    const names = (more: object) =>
      (call("ListExecutions", { stateMachineArn, ...more }).executions as { name: string }[]).map(({ name }) => name);
    expect([names({}), names({ statusFilter: "RUNNING" }), names({ statusFilter: "SUCCEEDED" })]).toEqual([
      ["b", "a"],
      ["b"],
      ["a"],
    ]);
  });

  test("leaves a happening for each event, with the correlation id of its caller", () => {
    const { create, start, happenings } = openStepFunctions();
    const execution = start(create(passing));
    const event = {
      correlationId: "order-1",
      causationId: "event-1",
      type: "ExecutionEvent",
      stateMachine: "orders",
      execution,
      // Of "{}".
      bytes: 2,
    };
    expect(happenings).toEqual([
      { ...event, id: 1, previousId: 0, event: "ExecutionStarted" },
      { ...event, id: 2, previousId: 0, event: "PassStateEntered", state: "Done" },
      { ...event, id: 3, previousId: 2, event: "PassStateExited", state: "Done" },
      { ...event, id: 4, previousId: 3, event: "ExecutionSucceeded" },
    ]);
  });
});

describe("memory", () => {
  test("keeps only the last closed executions when told so, and every running one", () => {
    const { create, start, call } = openStepFunctions({ keepExecutions: 2 });
    const [closing, open] = [create(passing), create(waiting, { name: "open" })];
    const running = start(open, { name: "running" });
    const arns = ["a", "b", "c"].map((name) => start(closing, { name }));
    expect(errorOf(() => call("DescribeExecution", { executionArn: arns[0] }))).toBe(
      `ExecutionDoesNotExist: Execution Does Not Exist: '${arns[0]}'`,
    );
    expect(call("DescribeExecution", { executionArn: running }).status).toBe("RUNNING");
    expect(errorOf(() => start(closing, { name: "c" }))).toMatch(/^ExecutionAlreadyExists/);
    expect(start(closing, { name: "a" })).toBe(arns[0]);
  });

  test("forgets all closed executions on request", () => {
    const { states, create, start, call } = openStepFunctions();
    const executionArn = start(create(passing), { name: "a" });
    states.forgetClosedExecutions();
    expect(errorOf(() => call("DescribeExecution", { executionArn }))).toMatch(/^ExecutionDoesNotExist/);
  });
});

describe("Express", () => {
  test("StartSyncExecution answers with the outcome once it is known", async () => {
    const { create, callLater, clock } = openStepFunctions();
    const stateMachineArn = create(waiting, { type: "EXPRESS" });
    const answered = callLater("StartSyncExecution", { stateMachineArn, name: "order-1", input: "[1]" });
    await clock.run();
    expect(await answered).toMatchObject({
      status: "SUCCEEDED",
      name: "order-1",
      input: "[1]",
      output: "[1]",
      startDate: 1_767_225_600,
      stopDate: 1_767_225_660,
      executionArn: expect.stringMatching(
        /^arn:aws:states:eu-west-2:000000000000:express:orders:order-1:[\w-]+$/,
      ) as string,
      billingDetails: { billedDurationInMilliseconds: 60_000, billedMemoryUsedInMB: 64 },
    });
  });

  test("has a RedriveCount in the context object only where it could be redriven", async () => {
    const { create, callLater, clock, start, call } = openStepFunctions();
    const context = { StartAt: "It", States: { It: { Type: "Pass", InputPath: "$$.Execution", End: true } } };
    const answer = callLater("StartSyncExecution", { stateMachineArn: create(context, { type: "EXPRESS" }) });
    const executionArn = start(create(context, { name: "standard" }));
    await clock.run();
    expect(JSON.parse((await answer).output as string)).not.toHaveProperty("RedriveCount");
    expect(JSON.parse(call("DescribeExecution", { executionArn }).output as string)).toMatchObject({ RedriveCount: 0 });
  });

  test("started asynchronously, it runs to its end, and no operation takes its ARN", async () => {
    const { create, clock, start, call, happenings } = openStepFunctions();
    const executionArn = start(create(passing, { type: "EXPRESS" }), { name: "mine" });
    await clock.run();
    expect(happenings).toContainEqual(expect.objectContaining({ event: "ExecutionSucceeded" }));
    for (const operation of ["DescribeExecution", "GetExecutionHistory", "StopExecution"]) {
      expect(errorOf(() => call(operation, { executionArn }))).toBe(
        "InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'",
      );
    }
  });

  test("started asynchronously, it may run twice where the choices say so", async () => {
    expect([await runs(1, true), await runs(0, true), await runs(1, false)]).toEqual([2, 1, 1]);
  });

  test("ends after five minutes", async () => {
    const { create, callLater, clock } = openStepFunctions();
    const long = { StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 301, End: true } } };
    const answered = callLater("StartSyncExecution", { stateMachineArn: create(long, { type: "EXPRESS" }) });
    await clock.run();
    expect(await answered).toMatchObject({ status: "TIMED_OUT", stopDate: 1_767_225_900 });
  });

  test("is for Express machines only, and has no task tokens", () => {
    const { create, call } = openStepFunctions();
    const standard = create(passing);
    expect(errorOf(() => call("StartSyncExecution", { stateMachineArn: standard }))).toMatch(
      /^StateMachineTypeNotSupported/,
    );
    const token = {
      StartAt: "Do",
      States: { Do: { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken", End: true } },
    };
    expect(errorOf(() => create(token, { name: "token", type: "EXPRESS" }))).toMatch(/^InvalidDefinition/);
  });
});

/** How often an Express execution ran that was started once. */
async function runs(chosen: number, duplicates: boolean): Promise<number> {
  const choices = { choose: (_: number, what: string) => (what.includes("twice") ? chosen : 0) };
  const { create, clock, start, callLater, happenings } = openStepFunctions({ choices, duplicates });
  const stateMachineArn = create(passing, { type: "EXPRESS" });
  const executionArn = start(stateMachineArn);
  await clock.run();
  const succeeded = () =>
    happenings.flatMap((each) => ("execution" in each && each.event === "ExecutionSucceeded" ? each.execution : []));
  const ended = succeeded();
  expect(new Set(ended)).toEqual(new Set([executionArn]));
  // Somebody waits for a synchronous one, which runs once. So does a Standard execution.
  happenings.length = 0;
  await callLater("StartSyncExecution", { stateMachineArn });
  start(create(passing, { name: "standard" }));
  await clock.run();
  expect(succeeded()).toHaveLength(2);
  return ended.length;
}
