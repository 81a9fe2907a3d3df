import { readdirSync } from "node:fs";
import { retryBudgets, stepNames } from "@ovsc/shared";
import { withoutBundling } from "@ovsc/shared/bundle-options";
import { grantsOf, textOf } from "@ovsc/shared/variant";
import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { hybridApp } from "../src/app.ts";
import { listeners } from "../src/listeners.ts";

const stack = hybridApp({ context: withoutBundling }).synth().getStackByName("ovsc-hybrid");
const template = Template.fromJSON(stack.template as Record<string, unknown>);

const resources = <Properties>(type: string): [id: string, Properties][] =>
  Object.entries(template.findResources(type)).map(([id, each]) => [id, each["Properties"] as Properties]);

const grants = (role?: string) => grantsOf(stack.template, role);
const actionsOn = (role: string, resource: string): string[] =>
  grants(role)
    .filter(({ Resource }) => JSON.stringify(Resource).includes(`"${resource}`))
    .flatMap(({ Action }) => Action)
    .toSorted();

const { maximumRetryAttempts, maximumEventAgeSeconds } = retryBudgets.equal.targetDelivery.eventBridge;

const mayDo = (role: string, table: string) => [actionsOn(role, "Orders"), actionsOn(role, table)];

describe("the hybrid's stack", () => {
  test("finds each listener by its folder, and gives its rule dead letters and retries that are written out", () => {
    const folders = readdirSync(new URL("../src/listeners", import.meta.url)).toSorted();
    expect([...listeners.keys()]).toEqual(folders);
    const rules = resources<{ EventPattern?: { "detail-type": string[] }; Targets: unknown[] }>("AWS::Events::Rule");
    const heard = rules.filter(([, { EventPattern }]) => EventPattern);
    expect(heard.map(([id]) => id.replace(/Hears.*/, "").toLowerCase()).toSorted()).toEqual(folders);
    for (const [id, { EventPattern, Targets }] of heard) {
      expect(EventPattern).toMatchObject({ source: ["ovsc.order-saga"], detail: { version: [2] } });
      expect(Targets, id).toEqual([
        expect.objectContaining({
          DeadLetterConfig: { Arn: { "Fn::GetAtt": [expect.stringMatching(/^DeadLetters/), "Arn"] } },
          RetryPolicy: { MaximumRetryAttempts: maximumRetryAttempts, MaximumEventAgeInSeconds: maximumEventAgeSeconds },
        }),
      ]);
    }
  });

  test("keeps what a listener's function gives up; what fails in a step, the state machine hears", () => {
    const configs = resources<{ DestinationConfig?: { OnFailure: unknown } }>("AWS::Lambda::EventInvokeConfig");
    const kept = configs.filter(([, { DestinationConfig }]) =>
      JSON.stringify(DestinationConfig)?.includes("DeadLetters"),
    );
    expect(kept.map(([id]) => id.replace(/EventInvoke.*/, "")).toSorted()).toEqual(["AnalyticsKeep", "LoyaltyCredit"]);
    expect(configs.filter(([id]) => id.startsWith("Steps"))).toEqual([]);
  });

  test("has no state that publishes: the steps say what they reached", () => {
    const machines = resources<{ DefinitionString: unknown }>("AWS::StepFunctions::StateMachine");
    expect(machines).toHaveLength(2);
    for (const [id, { DefinitionString }] of machines) expect(textOf(DefinitionString), id).not.toContain("events:");
    for (const step of stepNames) expect(actionsOn(`Steps${step}Role`, "Bus")).toEqual(["events:PutEvents"]);
  });

  test("lets a listener write its own table, read orders at the most, and neither publish nor start anything", () => {
    const read = ["dynamodb:GetItem"];
    const own = ["dynamodb:PutItem"];
    expect(mayDo("LoyaltyCreditRole", "LoyaltyPoints")).toEqual([read, own]);
    expect(mayDo("AnalyticsKeepRole", "AnalyticsFacts")).toEqual([[], own]);
    expect(mayDo("NotificationDeliverRole", "NotificationMessages")).toEqual([read, own]);
    for (const role of ["LoyaltyCredit", "AnalyticsKeep", "NotificationDeliver"]) {
      const others = grants(`${role}Role`).flatMap(({ Action }) => Action);
      expect(others.filter((action) => !/^(dynamodb|logs|xray|sqs):/.test(action))).toEqual([]);
      const reading = grants(`${role}Role`).filter(({ Action }) => Action === "dynamodb:GetItem");
      for (const { Condition } of reading) expect(Condition).toEqual(leading);
    }
  });

  test("lets those who place orders write a document and start the saga, and no other machine", () => {
    expect(grants("Client").map(({ Action, Resource }) => [Action, JSON.stringify(Resource)])).toEqual([
      ["dynamodb:PutItem", expect.stringContaining("Orders")],
      ["states:StartExecution", expect.stringMatching(/"Saga/)],
    ]);
  });

  test("grants nothing on everything, but for X-Ray and the delivery of logs, which know no narrower resource", () => {
    const wide = grants()
      .filter(({ Resource }) => Resource === "*")
      .flatMap(({ Action }) => Action);
    expect(wide.filter((action) => !/^(xray|logs):/.test(action))).toEqual([]);
  });
});

const leading = { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["ORDER#*"] } };
