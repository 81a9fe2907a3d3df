import { describe, expect, test } from "vitest";
import { AwsError } from "../../src/errors.ts";
import { errorOf, openStepFunctions, passing, task, waiting } from "./open-step-functions.ts";

/** Whatever follows was recorded on AWS with activities, on 2026-09-24, unless a test says otherwise. */
function openWithWorker() {
  const open = openStepFunctions();
  const { call, callLater, clock } = open;
  const activityArn = call("CreateActivity", { name: "work" }).activityArn as string;
  const take = async () => {
    const taken = (await callLater("GetActivityTask", { activityArn })) as { taskToken: string; input: string };
    return { token: taken.taskToken, input: JSON.parse(taken.input) as unknown };
  };
  const succeed = async (output: unknown) => {
    const { token, input } = await take();
    call("SendTaskSuccess", { taskToken: token, output: JSON.stringify(output) });
    await clock.run();
    return input;
  };
  const fail = async () => {
    const { token, input } = await take();
    call("SendTaskFailure", { taskToken: token, error: "Broken", cause: "because" });
    await clock.run();
    return input;
  };
  /** The events from `from` on, each with the event it follows. */
  const events = (executionArn: string, from = 1) =>
    (call("GetExecutionHistory", { executionArn }).events as { type: string; id: number; previousEventId: number }[])
      .slice(from - 1)
      .map(({ type, id, previousEventId }) => `${id} ${type} < ${previousEventId}`);
  const work = { Type: "Task", Resource: activityArn, End: true };
  return { ...open, activityArn, take, succeed, fail, events, work };
}

describe("RedriveExecution", () => {
  test("schedules the task that failed once more, and leaves alone what succeeded", async () => {
    const { create, start, call, succeed, fail, events, work } = openWithWorker();
    const executionArn = start(
      create({
        StartAt: "First",
        States: { First: { ...work, End: undefined, Next: "Second" }, Second: work },
      }),
    );
    await succeed({ first: 1 });
    await fail();
    const { stopDate } = call("DescribeExecution", { executionArn });
    expect(call("RedriveExecution", { executionArn })).toEqual({ redriveDate: stopDate });
    expect(await succeed("done")).toEqual({ first: 1 });
    expect(events(executionArn, 7)).toEqual([
      "7 TaskStateEntered < 6",
      "8 ActivityScheduled < 7",
      "9 ActivityStarted < 8",
      "10 ActivityFailed < 9",
      "11 ExecutionFailed < 10",
      "12 ExecutionRedriven < 11",
      "13 ActivityScheduled < 7",
      "14 ActivityStarted < 13",
      "15 ActivitySucceeded < 14",
      "16 TaskStateExited < 15",
      "17 ExecutionSucceeded < 16",
    ]);
    const [redriven] = (call("GetExecutionHistory", { executionArn }).events as object[]).slice(11);
    expect(redriven).toMatchObject({ executionRedrivenEventDetails: { redriveCount: 1 } });
  });

  test("shows in the description and in the context object", async () => {
    const { create, start, call, clock, succeed, fail, work } = openWithWorker();
    const Parameters = { "execution.$": "$$.Execution", "state.$": "$$.State" };
    const Retry = [{ ErrorEquals: ["Broken"], MaxAttempts: 1 }];
    const definition = { StartAt: "Do", States: { Do: { ...work, Parameters, Retry } } };
    const executionArn = start(create(definition));
    expect(await fail()).not.toHaveProperty("execution.RedriveTime");
    expect(await fail()).toMatchObject({ state: { RetryCount: 1 } });
    expect(call("DescribeExecution", { executionArn })).toMatchObject({
      status: "FAILED",
      redriveCount: 0,
      redriveStatus: "REDRIVABLE",
    });
    await clock.run({ untilMs: clock.nowMs + 60_000 });
    call("RedriveExecution", { executionArn });
    const running = call("DescribeExecution", { executionArn });
    expect(running).toMatchObject({
      status: "RUNNING",
      redriveCount: 1,
      redriveDate: clock.nowMs / 1000,
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: "Execution is RUNNING and cannot be redriven",
    });
    for (const gone of ["stopDate", "error", "cause"]) expect(running).not.toHaveProperty(gone);
    // The state keeps the time of its entering, its retries count anew.
    const entered = "2026-01-01T00:00:00.000Z";
    const context = { RedriveCount: 1, RedriveTime: new Date(clock.nowMs).toISOString() };
    expect(await fail()).toMatchObject({ execution: context, state: { EnteredTime: entered, RetryCount: 0 } });
    expect(await fail()).toMatchObject({ state: { EnteredTime: entered, RetryCount: 1 } });
    expect(call("DescribeExecution", { executionArn })).toMatchObject({ status: "FAILED", redriveCount: 1 });
    call("RedriveExecution", { executionArn });
    await succeed("done");
    expect(call("DescribeExecution", { executionArn })).toMatchObject({
      status: "SUCCEEDED",
      output: '"done"',
      redriveCount: 2,
      redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
    });
  });

  test("keeps the definition the execution was started with", async () => {
    const { create, start, call, succeed, fail, work } = openWithWorker();
    const version = (number: number) => ({
      StartAt: "Do",
      States: {
        Do: { ...work, End: undefined, Next: "Version" },
        Version: { Type: "Pass", Result: number, End: true },
      },
    });
    const stateMachineArn = create(version(1));
    const executionArn = start(stateMachineArn);
    await fail();
    call("UpdateStateMachine", { stateMachineArn, definition: JSON.stringify(version(2)) });
    call("RedriveExecution", { executionArn });
    await succeed(0);
    expect(call("DescribeExecution", { executionArn })).toMatchObject({ output: "1" });
    expect(call("DescribeStateMachineForExecution", { executionArn })).toMatchObject({
      definition: JSON.stringify(version(1)),
    });
  });

  test("takes up the branches of a Parallel that failed or were stopped", async () => {
    const { create, start, call, clock, succeed, fail, take, events, work } = openWithWorker();
    const branch = (name: string) => ({ StartAt: name, States: { [name]: { ...work, Parameters: { name } } } });
    const definition = {
      StartAt: "All",
      States: { All: { Type: "Parallel", Branches: ["a", "b", "c"].map(branch), End: true } },
    };
    const executionArn = start(create(definition));
    expect(await succeed("preserved")).toEqual({ name: "a" });
    expect(await fail()).toEqual({ name: "b" });
    const stopped = events(executionArn).length;
    call("RedriveExecution", { executionArn });
    const [b, c] = [await take(), await take()];
    expect([b.input, c.input]).toEqual([{ name: "b" }, { name: "c" }]);
    for (const { token } of [c, b]) call("SendTaskSuccess", { taskToken: token, output: '"fixed"' });
    await clock.run();
    expect(call("DescribeExecution", { executionArn }).output).toBe('["preserved","fixed","fixed"]');
    expect(events(executionArn, stopped + 1).slice(0, 3)).toEqual([
      `${stopped + 1} ExecutionRedriven < ${stopped}`,
      `${stopped + 2} ActivityScheduled < 6`,
      `${stopped + 3} ActivityScheduled < 8`,
    ]);
    expect(events(executionArn).filter((event) => event.includes("ParallelStateStarted"))).toHaveLength(1);
  });

  test("takes up the iterations of a Map that failed, then starts those that never began", async () => {
    const { create, start, call, succeed, fail, events, work } = openWithWorker();
    const ItemProcessor = { StartAt: "Item", States: { Item: work } };
    const definition = {
      StartAt: "Each",
      States: { Each: { Type: "Map", MaxConcurrency: 1, ItemProcessor, End: true } },
    };
    const executionArn = start(create(definition), { input: "[0,1,2]" });
    expect(await succeed("preserved")).toBe(0);
    expect(await fail()).toBe(1);
    const stopped = events(executionArn).length;
    call("RedriveExecution", { executionArn });
    expect(await succeed("fixed")).toBe(1);
    expect(await succeed("fixed")).toBe(2);
    expect(call("DescribeExecution", { executionArn }).output).toBe('["preserved","fixed","fixed"]');
    const types = events(executionArn, stopped + 1).map((event) => event.split(" ")[1]);
    expect(types).toEqual([
      "ExecutionRedriven",
      "ActivityScheduled",
      "ActivityStarted",
      "ActivitySucceeded",
      "TaskStateExited",
      "MapIterationSucceeded",
      "MapIterationStarted",
      "TaskStateEntered",
      "ActivityScheduled",
      "ActivityStarted",
      "ActivitySucceeded",
      "TaskStateExited",
      "MapIterationSucceeded",
      "MapStateSucceeded",
      "MapStateExited",
      "ExecutionSucceeded",
    ]);
  });

  test("runs a Parallel wholly again after States.DataLimitExceeded, as AWS's page says", async () => {
    const { create, start, call, succeed, fail, work } = openWithWorker();
    const Branches = ["a", "b"].map((name) => ({ StartAt: name, States: { [name]: work } }));
    const executionArn = start(create({ StartAt: "All", States: { All: { Type: "Parallel", Branches, End: true } } }));
    await succeed("x".repeat(140_000));
    await succeed("x".repeat(140_000));
    expect(call("DescribeExecution", { executionArn })).toMatchObject({ error: "States.DataLimitExceeded" });
    call("RedriveExecution", { executionArn });
    await succeed("small");
    await fail();
    expect(call("DescribeExecution", { executionArn })).toMatchObject({ error: "Broken" });
  });

  test("takes up what was stopped, and answers a stale token with TaskTimedOut", async () => {
    const { create, start, call, take, succeed, events, activityArn } = openWithWorker();
    const executionArn = start(create(task(activityArn)));
    const { token } = await take();
    call("StopExecution", { executionArn });
    call("RedriveExecution", { executionArn });
    expect(errorOf(() => call("SendTaskSuccess", { taskToken: token, output: "1" }))).toMatch(/^TaskTimedOut/);
    await succeed(2);
    expect(call("DescribeExecution", { executionArn })).toMatchObject({ status: "SUCCEEDED", output: "2" });
    expect(events(executionArn, 5).slice(0, 3)).toEqual([
      "5 ExecutionAborted < 0",
      "6 ExecutionRedriven < 5",
      "7 ActivityScheduled < 2",
    ]);
  });

  test("lets the timeouts of the machine and of the task count anew", async () => {
    const { create, start, call, clock } = openWithWorker();
    const seconds = (executionArn: string, from: unknown) =>
      (call("DescribeExecution", { executionArn }).stopDate as number) - (from as number);
    const timedOut = async (definition: object, name: string) => {
      const executionArn = start(create(definition, { name }));
      const { startDate } = call("DescribeExecution", { executionArn });
      await clock.run();
      const first = [call("DescribeExecution", { executionArn }).status, seconds(executionArn, startDate)];
      await clock.run({ untilMs: clock.nowMs + 60_000 });
      const { redriveDate } = call("RedriveExecution", { executionArn });
      await clock.run();
      return [...first, call("DescribeExecution", { executionArn }).status, seconds(executionArn, redriveDate)];
    };
    const sleep = { StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 60, End: true } } };
    expect(await timedOut({ ...sleep, TimeoutSeconds: 8 }, "machine")).toEqual(["TIMED_OUT", 8, "TIMED_OUT", 8]);
    // Nobody takes this task, and that of an activity counts once a worker has it, so another resource.
    const waits = task("arn:aws:states:::sqs:sendMessage.waitForTaskToken", {
      TimeoutSeconds: 5,
      Parameters: { QueueUrl: "queue", "MessageBody.$": "$$.Task.Token" },
    });
    expect(await timedOut(waits, "task")).toEqual(["FAILED", 5, "FAILED", 5]);
  });

  test("fails again in a Fail state, which is not entered again", () => {
    const { create, start, call, events } = openWithWorker();
    const executionArn = start(create({ StartAt: "No", States: { No: { Type: "Fail", Error: "E", Cause: "c" } } }));
    call("RedriveExecution", { executionArn });
    expect(events(executionArn, 2)).toEqual([
      "2 FailStateEntered < 0",
      "3 ExecutionFailed < 2",
      "4 ExecutionRedriven < 3",
      "5 ExecutionFailed < 4",
    ]);
    expect(call("DescribeExecution", { executionArn })).toMatchObject({ error: "E", cause: "c", redriveCount: 1 });
  });

  test("leaves a Wait whose timestamp has passed, as AWS's page says", async () => {
    const { create, start, call, clock } = openWithWorker();
    const Timestamp = new Date(clock.nowMs + 60_000).toISOString();
    const executionArn = start(create({ StartAt: "Wait", States: { Wait: { Type: "Wait", Timestamp, End: true } } }));
    call("StopExecution", { executionArn });
    await clock.run({ untilMs: clock.nowMs + 120_000 });
    const { redriveDate } = call("RedriveExecution", { executionArn });
    await clock.run();
    expect(call("DescribeExecution", { executionArn })).toMatchObject({ status: "SUCCEEDED", stopDate: redriveDate });
  });

  test("gives the same answer to the same client token, whatever the execution does by now", async () => {
    const { create, start, call, clock, succeed, fail, activityArn } = openWithWorker();
    const executionArn = start(create(task(activityArn)));
    await fail();
    const redrive = (clientToken: string) => call("RedriveExecution", { executionArn, clientToken });
    const first = redrive("A");
    await clock.run({ untilMs: clock.nowMs + 60_000 });
    expect(redrive("A")).toEqual(first);
    expect(errorOf(() => redrive("B"))).toMatch(/^ExecutionNotRedrivable/);
    await fail();
    expect(redrive("A")).toEqual(first);
    expect(call("DescribeExecution", { executionArn })).toMatchObject({ status: "FAILED", redriveCount: 1 });
    const second = redrive("B");
    expect(second).not.toEqual(first);
    await succeed(0);
    expect(redrive("B")).toEqual(second);
    expect(errorOf(() => redrive("C"))).toMatch(/^ExecutionNotRedrivable/);
    await clock.run({ untilMs: clock.nowMs + 900_001 });
    expect(errorOf(() => redrive("B"))).toMatch(/^ExecutionNotRedrivable/);
  });

  test("turns down what cannot be redriven", async () => {
    const { create, start, call, callLater, clock } = openStepFunctions();
    const redrive = (executionArn: string) => errorOf(() => call("RedriveExecution", { executionArn }));
    const stateMachineArn = create(waiting);
    const running = start(stateMachineArn, { name: "running" });
    const invalid = `ExecutionNotRedrivable: Execution ${running} invalid for redrive as: Execution`;
    expect(redrive(running)).toBe(`${invalid} is RUNNING and cannot be redriven`);
    call("StopExecution", { executionArn: running });
    await clock.run({ untilMs: clock.nowMs + 14 * 86_400_000 + 1 });
    expect(redrive(running)).toBe(`${invalid} redrivable period exceeded`);
    expect(call("DescribeExecution", { executionArn: running })).toMatchObject({
      redriveStatus: "NOT_REDRIVABLE",
      redriveStatusReason: "Execution redrivable period exceeded",
    });
    const none = running.replace(/running$/, "none");
    expect(redrive(none)).toBe(`ExecutionDoesNotExist: Execution Does Not Exist: '${none}'`);
    const express = create(passing, { name: "express", type: "EXPRESS" });
    const { executionArn } = await callLater("StartSyncExecution", { stateMachineArn: express });
    expect(redrive(executionArn as string)).toBe(
      "InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'",
    );
  });

  test("turns down an execution whose history has no room", async () => {
    const { create, start, call, clock } = openStepFunctions();
    const definition = {
      StartAt: "Wait",
      States: { Wait: { Type: "Wait", Seconds: 1, Next: "Again" }, Again: { Type: "Pass", Next: "Wait" } },
    };
    const executionArn = start(create(definition));
    await clock.run();
    expect(errorOf(() => call("RedriveExecution", { executionArn }))).toMatch(/history event limit exceeded$/);
  });

  test("turns down one execution too many", async () => {
    const { create, start, call } = openStepFunctions({ mostOpenExecutions: 1 });
    const stateMachineArn = create(waiting);
    const executionArn = start(stateMachineArn);
    call("StopExecution", { executionArn });
    start(stateMachineArn);
    expect(errorOf(() => start(stateMachineArn))).toMatch(/^ExecutionLimitExceeded/);
    expect(errorOf(() => call("RedriveExecution", { executionArn }))).toMatch(/^ExecutionLimitExceeded/);
  });

  test("is refused by name in a DISTRIBUTED Map, before anything changes", async () => {
    const { create, start, call, clock } = openStepFunctions();
    const ItemProcessor = {
      ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
      StartAt: "No",
      States: { No: { Type: "Fail" } },
    };
    const executionArn = start(
      create({ StartAt: "Each", States: { Each: { Type: "Map", ItemProcessor, End: true } } }),
      {
        input: "[1]",
      },
    );
    await clock.run();
    expect(() => call("RedriveExecution", { executionArn })).toThrow("the redrive of a DISTRIBUTED Map");
    expect(call("DescribeExecution", { executionArn })).toMatchObject({ status: "FAILED", redriveCount: 0 });
  });

  test("makes a task of the same kind as any other call", async () => {
    const { create, start, call, clock } = openStepFunctions({
      answering: () => {
        throw new AwsError("ResourceNotFoundException", "no table");
      },
    });
    const failing = task("arn:aws:states:::dynamodb:getItem", { Parameters: { TableName: "none", Key: {} } });
    const executionArn = start(create(failing));
    await clock.run();
    const redriver = task("arn:aws:states:::aws-sdk:sfn:redriveExecution", {
      Parameters: { ExecutionArn: executionArn },
    });
    start(create(redriver, { name: "redriver" }));
    await clock.run();
    expect(call("DescribeExecution", { executionArn })).toMatchObject({ status: "FAILED", redriveCount: 1 });
  });
});
