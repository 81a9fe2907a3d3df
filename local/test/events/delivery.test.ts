import { describe, expect, test } from "vitest";
import { AwsError, UnknownFeature } from "../../src/errors.ts";
import { account } from "../../src/identity.ts";
import { functionArn, queueArn, smallCloud } from "./small-cloud.ts";

const orders = { source: ["orders"] };
const throttle = () => {
  throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
};

describe("an event", () => {
  test("reaches a function in AWS's envelope, as the rule's own principal", async () => {
    const cloud = smallCloud();
    cloud.rule(orders, {});
    cloud.put({ orderId: "o-1" }, { Resources: ["order/o-1"] });
    await cloud.clock.run();
    const [{ payload, caller } = { payload: undefined, caller: undefined }] = cloud.functions.invocations;
    expect(payload).toEqual({
      version: "0",
      id: "9e3779b1-0000-4000-8000-000000000001",
      "detail-type": "OrderCreated",
      source: "orders",
      account,
      time: "2026-01-01T00:00:00Z",
      region: "eu-west-2",
      resources: ["order/o-1"],
      detail: { orderId: "o-1" },
    });
    expect(caller).toMatchObject({
      principal: {
        kind: "service",
        service: "events.amazonaws.com",
        sourceArn: `arn:aws:events:eu-west-2:${account}:rule/rule-0`,
      },
      trace: { correlationId: "o-1", causationId: "9e3779b1-0000-4000-8000-000000000001" },
    });
  });

  test("keeps the digits of its numbers and loses its spaces", async () => {
    const cloud = smallCloud();
    cloud.queue("all");
    cloud.rule(orders, { Arn: queueArn("all") });
    cloud.put({}, { Detail: '{ "id": 12345678901234567890, "text": "a  b" }' });
    await cloud.clock.run();
    expect(cloud.receive("all")[0]?.Body).toContain('"detail":{"id":12345678901234567890,"text":"a  b"}}');
  });

  test("goes to every target of every enabled rule that matches", async () => {
    const cloud = smallCloud();
    cloud.rule(orders, {}, {});
    cloud.rule({ source: ["payments"] }, {});
    cloud.call("DisableRule", { Name: cloud.rule(orders, {}) });
    cloud.put({});
    await cloud.clock.run();
    expect(cloud.functions.invocations).toHaveLength(2);
  });

  test("crosses from bus to bus once, unchanged, and no further", async () => {
    const cloud = smallCloud();
    for (const name of ["first", "second"]) cloud.events.buses.create(name, undefined);
    cloud.queue("end");
    const forward = (from: string, to: string) => {
      const rule = cloud.events.buses.get(from).putRule({
        name: "on",
        patternText: '{"source": ["orders"]}',
        scheduleText: undefined,
        state: "ENABLED",
        description: undefined,
        roleArn: undefined,
      });
      const arn = `arn:aws:events:eu-west-2:${account}:event-bus/${to}`;
      rule.putTargets([
        { Id: "bus", Arn: arn, RoleArn: "arn:aws:iam::000000000000:role/forward" },
        { Id: "queue", Arn: queueArn("end") },
      ]);
    };
    forward("first", "second");
    forward("second", "first");
    cloud.put({}, { EventBusName: "first" });
    await cloud.clock.run();
    const bodies = cloud.receive("end").map(({ Body }) => Body);
    expect(bodies).toHaveLength(2);
    expect(new Set(bodies).size).toBe(1);
  });

  test("comes twice where a choice says so", async () => {
    const cloud = smallCloud({
      duplicates: true,
      choices: { choose: (_count, what) => (what === "deliver twice" ? 1 : 0) },
    });
    cloud.rule(orders, {});
    cloud.put({});
    await cloud.clock.run();
    expect(cloud.functions.invocations).toHaveLength(2);
  });
});

describe("a delivery that fails", () => {
  test("is tried again after 1, 2, 4, … seconds while the target throttles", async () => {
    const cloud = smallCloud();
    cloud.functions.refuse = (attempt) => void (attempt < 4 && throttle());
    cloud.rule(orders, {});
    cloud.put({});
    await cloud.clock.run();
    expect(cloud.functions.invocations.map(({ atMs }) => atMs)).toEqual([0, 1000, 3000, 7000]);
  });

  test("waits longer by a share of the delay where jitter is chosen", async () => {
    const cloud = smallCloud({ choices: { choose: () => 2 } });
    cloud.functions.refuse = (attempt) => void (attempt < 3 && throttle());
    cloud.rule(orders, {});
    cloud.put({});
    await cloud.clock.run();
    expect(cloud.functions.invocations.map(({ atMs }) => atMs)).toEqual([0, 1500, 4500]);
  });

  test("is given up after 185 retries within 24 hours by default", async () => {
    const cloud = smallCloud();
    cloud.functions.refuse = throttle;
    cloud.rule(orders, {});
    cloud.put({});
    await cloud.clock.run();
    expect(cloud.functions.invocations).toHaveLength(186);
    expect(cloud.functions.invocations.at(-1)?.atMs).toBeLessThan(86_400_000);
    expect(cloud.happenings.at(-1)).toMatchObject({
      type: "Delivery",
      attempt: 186,
      error: "THROTTLING: Rate Exceeded.; dropped",
    });
  });

  test("goes to the dead-letter queue with the whole event and the reason once its retries are used up", async () => {
    const cloud = smallCloud();
    cloud.queue("dead");
    cloud.functions.refuse = throttle;
    cloud.rule(orders, {
      Input: '{"small":true}',
      DeadLetterConfig: { Arn: queueArn("dead") },
      RetryPolicy: { MaximumRetryAttempts: 2 },
    });
    cloud.put({ orderId: "o-1" });
    await cloud.clock.run();
    const [message] = cloud.receive("dead");
    expect(JSON.parse(message!.Body)).toMatchObject({ "detail-type": "OrderCreated", detail: { orderId: "o-1" } });
    const attributes = Object.fromEntries(
      Object.entries(message!.MessageAttributes!).map(([name, { StringValue }]) => [name, StringValue]),
    );
    expect(attributes).toEqual({
      RULE_ARN: `arn:aws:events:eu-west-2:${account}:rule/rule-0`,
      TARGET_ARN: functionArn,
      ERROR_CODE: "THROTTLING",
      ERROR_MESSAGE: "Rate Exceeded.",
      EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
      RETRY_ATTEMPTS: "2",
    });
  });

  test("is given up when the event has reached its maximum age", async () => {
    const cloud = smallCloud();
    cloud.queue("dead");
    cloud.functions.refuse = throttle;
    cloud.rule(orders, { DeadLetterConfig: { Arn: queueArn("dead") }, RetryPolicy: { MaximumEventAgeInSeconds: 60 } });
    cloud.put({});
    await cloud.clock.run();
    expect(cloud.functions.invocations.map(({ atMs }) => atMs)).toEqual([0, 1000, 3000, 7000, 15_000, 31_000]);
    expect(cloud.happenings.find(({ type }) => type === "MessageSent")?.atMs).toBe(60_000);
    const [message] = cloud.receive("dead");
    expect(message?.MessageAttributes?.["EXHAUSTED_RETRY_CONDITION"]?.StringValue).toBe("MaximumEventAgeInSeconds");
  });

  test.each([
    ["AccessDeniedException", 403, "NO_PERMISSIONS"],
    ["ResourceNotFoundException", 404, "NO_RESOURCE"],
  ])("is not tried again for %s", async (code, statusCode, errorCode) => {
    const cloud = smallCloud();
    cloud.queue("dead");
    cloud.functions.refuse = () => {
      throw new AwsError(code, "no", statusCode);
    };
    cloud.rule(orders, { DeadLetterConfig: { Arn: queueArn("dead") } });
    cloud.put({});
    await cloud.clock.run();
    expect(cloud.functions.invocations).toHaveLength(1);
    const [message] = cloud.receive("dead");
    expect(message?.MessageAttributes?.["ERROR_CODE"]?.StringValue).toBe(errorCode);
    expect(message?.MessageAttributes).not.toHaveProperty("RETRY_ATTEMPTS");
  });

  test("shows in the history when its dead-letter queue is gone too", async () => {
    const cloud = smallCloud();
    cloud.rule(orders, { Arn: queueArn("gone"), DeadLetterConfig: { Arn: queueArn("gone-too") } });
    cloud.put({});
    await cloud.clock.run();
    const errors = cloud.happenings
      .filter(({ type }) => type === "Delivery")
      .map((each) => "error" in each && each.error);
    expect(errors).toEqual([
      "NO_RESOURCE: The specified queue does not exist.; dead-lettered",
      "QueueDoesNotExist: The specified queue does not exist.; dropped, its dead-letter queue did not take it",
    ]);
  });

  test("for a feature the cloud does not know ends the run", async () => {
    const cloud = smallCloud();
    cloud.functions.refuse = () => {
      throw new UnknownFeature("layers", "reserve");
    };
    cloud.rule(orders, {});
    cloud.put({});
    await expect(cloud.clock.run()).rejects.toThrow("does not know layers");
  });
});
