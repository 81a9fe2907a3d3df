import { retryBudgets, type StepName, stepNames, timeouts } from "@ovsc/shared";
import { withoutBundling } from "@ovsc/shared/bundle-options";
import { grantsOf } from "@ovsc/shared/variant";
import { Match, Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { chainApp } from "../src/app.ts";
import { calls, callsOf, delaysIn, forward, timeoutOf as timeoutWith } from "../src/calls.ts";

const stack = chainApp({ context: withoutBundling }).synth().getStackByName("ovsc-chain");
const template = Template.fromJSON(stack.template as Record<string, unknown>);

const delays = delaysIn(retryBudgets.equal);
const timeoutOf = (step: StepName): number => timeoutWith(step, delays);

/** Whom a role may invoke, by the logical id of the function. */
const invokes = (role: string): StepName[] =>
  grantsOf(stack.template, role)
    .filter(({ Action }) => [Action].flat().includes("lambda:InvokeFunction"))
    .flatMap(({ Resource }) => stepNames.filter((step) => JSON.stringify(Resource).includes(`Steps${step}`)));

describe("the chain's stack", () => {
  test("gives each caller more time than whoever it waits for, and nobody more than Lambda allows", () => {
    for (const { calls: callee, how } of calls) {
      if (how === "starts") continue;
      const caller = stepNames.find((step) => callsOf(step).some((each) => each.calls === callee && each.how === how))!;
      expect(timeoutOf(caller)).toBeGreaterThan(timeoutOf(callee));
    }
    // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (2026-11-21)
    expect(timeoutOf("CreateOrder")).toBeLessThanOrEqual(900);
    const own = 3 * timeouts.function + delays.reduce((sum, delay) => sum + delay);
    expect(timeoutOf("CreateOrder")).toBeGreaterThan(4 * own);
    for (const step of stepNames) {
      template.hasResourceProperties("AWS::Lambda::Function", {
        Timeout: timeoutOf(step),
        Environment: { Variables: Match.objectLike({ STEP_NAME: step }) },
      });
    }
  });

  test.each(stepNames)("lets the function of %s invoke whom it calls, and nobody else", (step) => {
    const called = callsOf(step).map(({ calls: callee }) => callee);
    // Lambda hands what a compensation gave up to ParkOrder, and does so by the function's own role.
    const givenTo = forward.includes(step) || step === "ParkOrder" ? [] : ["ParkOrder"];
    expect(invokes(`Steps${step}Role`).toSorted()).toEqual([...called, ...givenTo].toSorted());
  });

  test("lets a client invoke the first function, and nobody else", () => {
    expect(invokes("Client")).toEqual(["CreateOrder"]);
  });

  test("tries a compensation again by Lambda's queue, then parks; parking that fails goes to a queue", () => {
    const configs = Object.values(template.findResources("AWS::Lambda::EventInvokeConfig")).map(
      ({ Properties }) =>
        Properties as { FunctionName: unknown; MaximumRetryAttempts: number; DestinationConfig?: unknown },
    );
    for (const step of stepNames) {
      const config = configs.find(({ FunctionName }) => JSON.stringify(FunctionName).includes(`Steps${step}`))!;
      expect(config.MaximumRetryAttempts, step).toBe(forward.includes(step) ? 0 : 2);
      const to = JSON.stringify(config.DestinationConfig ?? "");
      if (forward.includes(step)) expect(to, step).toBe('""');
      else expect(to, step).toContain(step === "ParkOrder" ? "DeadLetters" : "StepsParkOrder");
    }
  });
});
