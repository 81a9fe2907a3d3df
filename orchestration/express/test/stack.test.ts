import { delaysOf, type Retrier, retryBudgets, timeouts } from "@ovsc/shared";
import { withoutBundling } from "@ovsc/shared/bundle-options";
import { grantsOf } from "@ovsc/shared/variant";
import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { expressApp } from "../src/app.ts";
import { executionSeconds } from "../src/execution-seconds.ts";
import { stackNameOf, starts } from "../src/start.ts";

const assembly = expressApp(starts, { context: withoutBundling }).synth();

describe.each(starts)("the stack of an Express workflow that is started %s", (start) => {
  const stack = assembly.getStackByName(stackNameOf(start));
  const template = Template.fromJSON(stack.template as Record<string, unknown>);
  const actionsOf = (role: string) => grantsOf(stack.template, role).flatMap(({ Action }) => Action);

  test("has one Express state machine, which logs all there is, for nothing else will tell", () => {
    template.resourceCountIs("AWS::StepFunctions::StateMachine", 1);
    template.hasResourceProperties("AWS::StepFunctions::StateMachine", {
      StateMachineType: "EXPRESS",
      LoggingConfiguration: { Level: "ALL", IncludeExecutionData: true },
      TracingConfiguration: { Enabled: true },
    });
  });

  test("ends an execution by itself before Step Functions does", () => {
    const [machine] = Object.values(template.findResources("AWS::StepFunctions::StateMachine"));
    expect(JSON.stringify(machine)).toContain(`\\"TimeoutSeconds\\":${executionSeconds}`);
    expect(executionSeconds).toBeLessThan(300);
  });

  test("lets a client write a document and start an execution, and do nothing else", () => {
    const starting = start === "sync" ? "states:StartSyncExecution" : "states:StartExecution";
    expect(actionsOf("Client")).toEqual(["dynamodb:PutItem", starting]);
  });

  test("lets the sweeper start executions, and look at none: there is nothing to look at", () => {
    const own = actionsOf("SweeperSweep").filter((action) => action.startsWith("states:"));
    expect(own).toEqual(["states:StartExecution"]);
  });

  test("lets the state machine invoke its own functions, and has no queue: nothing waits in one", () => {
    const invoke = grantsOf(stack.template, "SagaRole").filter(({ Action }) => Action === "lambda:InvokeFunction");
    expect(invoke.length).toBeGreaterThan(0);
    expect(invoke.map(({ Resource }) => Resource)).not.toContain("*");
    template.resourceCountIs("AWS::SQS::Queue", 0);
  });
});

const spent = (retrier: Retrier, trySeconds: number) =>
  delaysOf(retrier).reduce((sum, delay) => sum + delay + trySeconds, trySeconds);
/** What a step and then its compensation take, where both fail on each try; a throttled try ends at once. */
const twice = ({ functionError, throttle }: (typeof retryBudgets)[keyof typeof retryBudgets]) => ({
  functionError: 2 * spent(functionError.stepFunctions, timeouts.function),
  throttle: 2 * spent(throttle.stepFunctions, 0),
});

describe("five minutes", () => {
  test("are enough for a step and a compensation that both fail on each try, with idiomatic retries", () => {
    const { functionError, throttle } = twice(retryBudgets.idiomatic);
    expect(functionError).toBeLessThan(executionSeconds);
    expect(throttle).toBeLessThan(executionSeconds);
  });

  test("are not with equal ones, which wait for minutes: the sweeper settles what is cut off", () => {
    const { functionError, throttle } = twice(retryBudgets.equal);
    expect(functionError).toBeGreaterThan(executionSeconds);
    expect(throttle).toBeGreaterThan(executionSeconds);
  });
});
