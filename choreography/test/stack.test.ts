import { eventsOf, isSettled, lifecycle, retryBudgets, stepNames, steps } from "@ovsc/shared";
import { withoutBundling } from "@ovsc/shared/bundle-options";
import { grantsOf } from "@ovsc/shared/variant";
import { Match, Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { choreographyApp } from "../src/app.ts";
import { rules } from "../src/rules.ts";

const stack = choreographyApp({ context: withoutBundling }).synth().getStackByName("ovsc-choreography");
const template = Template.fromJSON(stack.template as Record<string, unknown>);

const budget = retryBudgets.equal;

interface Target {
  readonly DeadLetterConfig?: unknown;
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number };
}
const onEvents = Object.values(template.findResources("AWS::Events::Rule")).filter(
  ({ Properties }) => (Properties as { EventPattern?: unknown }).EventPattern,
);
const targets = onEvents.flatMap(({ Properties }) => (Properties as { Targets: Target[] }).Targets);

describe("the choreography's stack", () => {
  test("has a rule with one target for each line of the rule table", () => {
    expect(onEvents).toHaveLength(rules.length);
    expect(targets).toHaveLength(rules.length);
  });

  test("gives every target a dead-letter queue and a retry policy that is written out", () => {
    for (const target of targets) {
      expect(target.DeadLetterConfig).toBeDefined();
      const { maximumRetryAttempts, maximumEventAgeSeconds } = budget.targetDelivery.eventBridge;
      expect(target.RetryPolicy).toEqual({
        MaximumRetryAttempts: maximumRetryAttempts,
        MaximumEventAgeInSeconds: maximumEventAgeSeconds,
      });
    }
  });

  test("tells the bus when a step failed on its last try, and a queue when parking did", () => {
    const ofSteps = Object.entries(template.findResources("AWS::Lambda::EventInvokeConfig")).filter(([id]) =>
      id.startsWith("Steps"),
    );
    const destinations = ofSteps.map(([, { Properties }]) =>
      JSON.stringify((Properties as { DestinationConfig: { OnFailure: unknown } }).DestinationConfig.OnFailure),
    );
    expect(destinations.filter((destination) => destination.includes("Bus"))).toHaveLength(stepNames.length - 1);
    expect(destinations.filter((destination) => destination.includes("DeadLetters"))).toHaveLength(1);
    const tries = {
      MaximumRetryAttempts: budget.functionError.lambda.maximumRetryAttempts,
      MaximumEventAgeInSeconds: budget.throttle.lambda.maximumEventAgeSeconds,
    };
    for (const [, { Properties }] of ofSteps) expect(Properties).toMatchObject(tries);
  });

  test("wakes an undo for every step whose retries can be exhausted", () => {
    const undone = rules.flatMap((rule) => ("onExhausted" in rule ? [rule.onExhausted] : []));
    expect(undone.toSorted()).toEqual(stepNames.filter((step) => step !== "ParkOrder").toSorted());
  });

  test("wakes every step, and a step for every event that is not the end", () => {
    expect(new Set(rules.map(({ wakes }) => wakes))).toEqual(new Set(stepNames));
    const heard = rules.flatMap((rule) => ("on" in rule ? [rule.on as string] : []));
    const goesOn = Object.values(steps)
      .flatMap(eventsOf)
      .filter((event) => !isSettled(lifecycle[event].to));
    expect(heard.toSorted()).toEqual(
      ["OrderPlaced", "RefundStarted", "ReleaseStarted", "RepairStarted", ...goesOn].toSorted(),
    );
  });

  test("wakes each step by an event after whose status its own move begins", () => {
    for (const rule of rules) {
      if (!("on" in rule) || rule.on === "OrderPlaced" || rule.on === "OrderRejected") continue;
      const { achieves, undoes } = steps[rule.wakes];
      if (undoes) continue;
      expect(lifecycle[achieves].from, `${rule.wakes} on ${rule.on}`).toContain(lifecycle[rule.on].to);
    }
  });

  test("keeps every event of the saga in an archive", () => {
    template.hasResourceProperties("AWS::Events::Archive", {
      EventPattern: { source: ["ovsc.order-saga"] },
      RetentionDays: 7,
    });
  });

  test("lets those who place orders write a document and say so, and nothing else", () => {
    const { AssumeRolePolicyDocument: trust } = Object.values(template.findResources("AWS::IAM::Role")).find(
      ({ Properties }) => (Properties as { Description?: string }).Description?.startsWith("Places orders"),
    )!["Properties"] as { AssumeRolePolicyDocument: { Statement: { Principal: unknown }[] } };
    expect(trust.Statement.map(({ Principal }) => JSON.stringify(Principal))).toEqual([
      expect.stringMatching(/^\{"AWS":.*:root/),
    ]);
    expect(grantsOf(stack.template, "Client")).toEqual([
      {
        Effect: "Allow",
        Action: "dynamodb:PutItem",
        Resource: { "Fn::GetAtt": [expect.stringMatching(/^Orders/), "Arn"] },
        Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["PLACEMENT#*"] } },
      },
      {
        Effect: "Allow",
        Action: "events:PutEvents",
        Resource: { "Fn::GetAtt": [expect.stringMatching(/^Bus/), "Arn"] },
        Condition: { StringEquals: { "events:source": "ovsc.order-saga", "events:detail-type": "OrderPlaced" } },
      },
    ]);
  });

  test("grants nothing on everything, but for X-Ray, which knows no narrower resource", () => {
    const wide = grantsOf(stack.template).filter(
      ({ Action, Resource }) => Resource === "*" || [Action].flat().some((action) => action.includes("*")),
    );
    expect([...new Set(wide.flatMap(({ Action }) => Action))]).toEqual([
      "xray:PutTraceSegments",
      "xray:PutTelemetryRecords",
    ]);
  });

  test("traces and bounds every function", () => {
    const traced = { TracingConfig: { Mode: "Active" }, Runtime: "nodejs24.x", LoggingConfig: Match.anyValue() };
    template.allResourcesProperties("AWS::Lambda::Function", traced);
    template.resourcePropertiesCountIs("AWS::Lambda::Function", { ...traced, Timeout: 10 }, stepNames.length);
    template.resourcePropertiesCountIs("AWS::Lambda::Function", { ...traced, Timeout: 300 }, 1);
  });
});
