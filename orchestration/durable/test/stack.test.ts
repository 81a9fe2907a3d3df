import { executionTimeout, retryBudgets, stepNames } from "@ovsc/shared";
import { withoutBundling } from "@ovsc/shared/bundle-options";
import { grantsOf } from "@ovsc/shared/variant";
import { Match, Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { durableApp } from "../src/app.ts";

const stack = durableApp({ context: withoutBundling }).synth().getStackByName("ovsc-durable");
const template = Template.fromJSON(stack.template as Record<string, unknown>);

/** What a role may do, beyond its log and the table. */
const allowed = (role: string) =>
  grantsOf(stack.template, role).filter(({ Action }) =>
    [Action].flat().every((action) => action.startsWith("lambda:")),
  );

describe("the stack of the workflow as code", () => {
  test("gives an execution the time of all budgets of all steps, and a step the time of one try", () => {
    template.hasResourceProperties("AWS::Lambda::Function", {
      DurableConfig: Match.objectLike({ ExecutionTimeout: executionTimeout(retryBudgets.equal) }),
    });
    for (const step of stepNames) {
      template.hasResourceProperties("AWS::Lambda::Function", {
        Timeout: 10,
        Environment: { Variables: Match.objectLike({ STEP_NAME: step }) },
      });
    }
  });

  test("lets the workflow invoke the steps and remember what it did, and nothing else", () => {
    const [checkpoints, ...others] = allowed("SagaRole").toSorted((a, b) =>
      [a.Action].flat()[0]!.localeCompare([b.Action].flat()[0]!),
    );
    expect(checkpoints).toMatchObject({
      Action: ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"],
      Resource: { "Fn::Join": ["", expect.arrayContaining([":function:ovsc-durable-saga:*"])] },
    });
    expect(others.map(({ Action }) => Action)).toEqual(stepNames.map(() => "lambda:InvokeFunction"));
  });

  test("lets no step invoke anything, and a client the published workflow alone", () => {
    for (const step of stepNames) expect(allowed(`Steps${step}Role`), step).toEqual([]);
    const client = allowed("Client");
    expect(client).toHaveLength(1);
    expect(JSON.stringify(client[0]!.Resource)).toContain("SagaCurrentVersion");
  });
});
