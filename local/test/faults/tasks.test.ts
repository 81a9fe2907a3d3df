import { expect, test } from "vitest";
import type { TaskCall } from "../../src/faults/faults.ts";
import { openStepFunctions, task } from "../states/open-step-functions.ts";

const getItem = task("arn:aws:states:::dynamodb:getItem", {
  Parameters: { TableName: "orders", Key: { id: { S: "1" } } },
  Retry: [{ ErrorEquals: ["DynamoDB.ProvisionedThroughputExceededException"], IntervalSeconds: 10, MaxAttempts: 1 }],
});

test("a call of a Task state fails by the name that its Retry knows", async () => {
  const asked: TaskCall[] = [];
  const fail = "ProvisionedThroughputExceededException";
  const faults = { onTaskCall: (call: TaskCall) => (asked.push(call) === 1 ? ({ fail } as const) : undefined) };
  const { create, start, clock, call, calls, happenings } = openStepFunctions({ faults });
  const startMs = clock.nowMs;
  const executionArn = start(create(getItem));
  await clock.run();
  expect(call("DescribeExecution", { executionArn })).toMatchObject({ status: "SUCCEEDED" });
  expect(asked.map(({ atMs }) => atMs - startMs)).toEqual([0, 10_000]);
  expect(asked[0]).toMatchObject({
    stateMachine: "orders",
    execution: executionArn,
    service: "dynamodb",
    operation: "GetItem",
    input: { TableName: "orders" },
    correlationId: "order-1",
  });
  expect(calls).toHaveLength(1);
  expect(happenings.filter(({ type }) => type === "Fault")).toMatchObject([
    { fault: `fail ${fail}`, where: "orders, dynamodb GetItem" },
  ]);
});
