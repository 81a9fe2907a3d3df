import type { Template } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { synthesizeWithoutCode, templateOf } from "../src/clouds/synthesize.ts";
import { scenarios } from "../src/orders/scenarios.ts";
import { placesOf } from "../src/places/places.ts";
import { departure, routesIn } from "../src/places/route.ts";
import { takeAway } from "../src/places/take-away.ts";
import type { RunLine } from "../src/runs/log/run-line.ts";
import { variantNamed } from "../src/variants.ts";

const few = scenarios.filter(({ name }) => name === "happy" || name === "shipping-request-lost");

/** The places among the resources of a variant whose ids begin so, with the steps that each holds. */
async function placesAmong(name: string, ...begins: string[]): Promise<Record<string, readonly string[]>> {
  const variant = variantNamed(name);
  const { Resources } = templateOf(variant, await synthesizeWithoutCode(variant));
  const only = begins.map((word) => Object.keys(Resources).find((id) => id.replace(/[0-9A-F]{8}$/, "") === word)!);
  expect(only).not.toContain(undefined);
  const { places } = await placesOf(variant, { profile: "equal", only, scenarios: few });
  return Object.fromEntries(places.map(({ id, steps }) => [id.replace(/[0-9A-F]{8}$/, ""), steps]));
}

describe("a place that holds the flow", () => {
  test("is a rule, a function and what becomes of its failures; no alarm, log or schedule of the sweeper", async () => {
    expect(
      await placesAmong(
        "choreography",
        "PaymentCharged",
        "StepsRefundPayment",
        "StepsShipOrderEventInvokeConfig",
        "RefundStarted",
        "SweeperSchedule",
        "StepsShipOrderLogs",
        "AlarmsParkedOrders",
      ),
    ).toEqual({
      PaymentCharged: ["ShipOrder"],
      StepsRefundPayment: ["RefundPayment"],
      StepsShipOrderEventInvokeConfig: ["ShipOrder"],
    });
  }, 60_000);

  test("is the definition, without which no order begins, and what lets it call", async () => {
    expect(await placesAmong("orchestration", "Saga", "SagaRoleDefaultPolicy", "SagaLogs")).toEqual({
      Saga: ["CreateOrder"],
      SagaRoleDefaultPolicy: ["CreateOrder"],
    });
  }, 60_000);
});

describe("a template from which a resource is taken away", () => {
  test("still names it wherever it was named, waits for it no longer, and says nothing of it in its outputs", () => {
    const template = {
      Resources: {
        Queue: { Type: "AWS::SQS::Queue" },
        Rule: {
          Type: "AWS::Events::Rule",
          DependsOn: ["Queue", "Other"],
          Properties: { Targets: [{ Arn: { "Fn::GetAtt": ["Queue", "Arn"] }, Id: { Ref: "Queue" } }] },
        },
      },
      Outputs: { Url: { Value: { Ref: "Queue" } }, Name: { Value: { Ref: "Rule" } } },
    } as Template;
    const named = { Queue: { physicalId: "the-url", attributes: { Arn: "the-arn" } } };
    expect(takeAway(template, new Set(["Queue"]), named)).toEqual({
      Resources: {
        Rule: {
          Type: "AWS::Events::Rule",
          DependsOn: ["Other"],
          Properties: { Targets: [{ Arn: "the-arn", Id: "the-url" }] },
        },
      },
      Outputs: { Name: { Value: { Ref: "Rule" } } },
    });
    expect(takeAway(template, new Set(), {})).toEqual(template);
  });
});

const line = (type: string, rest: object): RunLine => ({ type, orderId: "o-1", ...rest }) as unknown as RunLine;

describe("a route", () => {
  const [created, charged, shipped] = ["CreateOrder", "ChargePayment", "ShipOrder"].map((step) => ({
    step,
    text: "try 1",
  }));

  test("is left at the first thing that is otherwise, missing or added", () => {
    expect(departure([created!, charged!, shipped!], [created!, shipped!])).toBe(charged);
    expect(departure([created!, charged!], [created!])).toBe(charged);
    expect(departure([created!], [created!, shipped!])).toBe(shipped);
    expect(departure([created!, shipped!], [{ ...created! }, { ...shipped! }])).toBeUndefined();
  });

  test("is told of each order by the step in which it wrote or said something", () => {
    const lines = [
      line("InvocationStarted", { functionName: "ovsc-x-StepsShipOrder78AF8EC3", requestId: "r-1", attempt: 2 }),
      line("StatusChanged", { causationId: "r-1", status: "SHIPPED" }),
      line("AwsCall", { causationId: "r-1" }),
    ];
    expect([...routesIn(lines)]).toEqual([
      [
        "o-1",
        [
          { step: "ShipOrder", text: "try 2" },
          { step: "ShipOrder", text: "SHIPPED" },
        ],
      ],
    ]);
  });
});
