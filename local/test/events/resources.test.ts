import { expect, test } from "vitest";
import { eventResources } from "../../src/events/resources.ts";
import { account } from "../../src/identity.ts";
import { functionArn, smallCloud } from "./small-cloud.ts";

function create(cloud: ReturnType<typeof smallCloud>, type: string, properties: object) {
  const resource = eventResources(cloud.events).find((each) => each.type === `AWS::Events::${type}`)!;
  const logical = { stackName: "orders", logicalId: "OnCreated", asset: () => "" };
  return resource.create(resource.properties.parse(properties), logical);
}

test("a bus, its rule and its archive get the names and ARNs CloudFormation gives", async () => {
  const cloud = smallCloud();
  const bus = create(cloud, "EventBus", { Name: "saga" });
  const arn = `arn:aws:events:eu-west-2:${account}`;
  expect(bus).toEqual({ ref: "saga", attributes: { Arn: `${arn}:event-bus/saga`, Name: "saga" } });
  const EventPattern = { source: ["orders"] };
  const rule = create(cloud, "Rule", { EventBusName: "saga", EventPattern, Targets: [{ Id: "fn", Arn: functionArn }] });
  expect(rule).toEqual({ ref: "saga|orders-OnCreated", attributes: { Arn: `${arn}:rule/saga/orders-OnCreated` } });
  const archive = create(cloud, "Archive", { SourceArn: bus.attributes["Arn"], EventPattern });
  expect(archive).toEqual({ ref: "orders-OnCreated", attributes: { Arn: `${arn}:archive/orders-OnCreated` } });
  cloud.put({}, { EventBusName: "saga" });
  await cloud.clock.run();
  expect(cloud.functions.invocations).toHaveLength(1);
  expect(cloud.call("ListTargetsByRule", { Rule: "orders-OnCreated", EventBusName: "saga" })).toEqual({
    Targets: [{ Id: "fn", Arn: functionArn }],
  });
});

test("properties the cloud does not know are refused", () => {
  const rule = eventResources(smallCloud().events).find(({ type }) => type === "AWS::Events::Rule")!;
  expect(rule.properties.safeParse({ EventBus: "saga" }).error?.issues).toMatchObject([
    { code: "unrecognized_keys", keys: ["EventBus"] },
  ]);
  expect(rule.properties.safeParse({ Targets: [{ Id: "t", Arn: "a", EcsParameters: {} }] }).success).toBe(false);
});
