import { describe, expect, test } from "vitest";
import { compileSchedule } from "../../src/events/rule/schedule.ts";
import { functionArn, smallCloud, startMs } from "./small-cloud.ts";

const minute = 60_000;
const hour = 60 * minute;

/** A rule that ticks to a function. */
function ticking(ScheduleExpression: string, more: object = {}) {
  const cloud = smallCloud();
  const { RuleArn } = cloud.call("PutRule", { Name: "Sweep", ScheduleExpression, ...more }) as { RuleArn: string };
  cloud.call("PutTargets", { Rule: "Sweep", Targets: [{ Id: "fn", Arn: functionArn }] });
  const ticks = () => cloud.functions.invocations.map(({ atMs }) => atMs);
  return { ...cloud, RuleArn, ticks };
}

test("a rate ticks one interval after the rule was made, and then again and again", async () => {
  const { clock, ticks } = ticking("rate(1 hour)");
  await clock.run({ untilMs: startMs + 3.5 * hour });
  expect(ticks()).toEqual([hour, 2 * hour, 3 * hour]);
});

test("a target gets the event that AWS sends", async () => {
  const { clock, functions, RuleArn, happenings } = ticking("rate(5 minutes)");
  await clock.run({ untilMs: startMs + 5 * minute });
  expect(functions.invocations[0]!.payload).toEqual({
    version: "0",
    id: expect.any(String) as unknown,
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: "000000000000",
    time: "2026-01-01T00:05:00Z",
    region: "eu-west-2",
    resources: [RuleArn],
    detail: {},
  });
  expect(happenings[0]).toMatchObject({ type: "EventPublished", bus: "default", source: "aws.events" });
});

test("a tick is no event of the bus: no other rule gets it", async () => {
  const { clock, rule, functions } = ticking("rate(1 hour)");
  rule({ source: ["aws.events"] }, {});
  await clock.run({ untilMs: startMs + hour });
  expect(functions.invocations).toHaveLength(1);
});

test("ticks alone do not keep a run going; what else happens meanwhile is interleaved with them", async () => {
  const { clock, ticks } = ticking("rate(1 hour)");
  await clock.run();
  expect([clock.nowMs, ticks()]).toEqual([startMs, []]);
  const timer = clock.schedule(9 * hour, () => {});
  clock.schedule(2.5 * hour, () => timer.cancel());
  await clock.run();
  expect([clock.nowMs - startMs, ticks()]).toEqual([2.5 * hour, [hour, 2 * hour]]);
});

test("a rule ticks while it is enabled, by its last schedule, and not once it is deleted", async () => {
  const { clock, call, ticks } = ticking("rate(1 hour)", { State: "DISABLED" });
  await clock.run({ untilMs: startMs + hour });
  expect(ticks()).toEqual([]);
  call("EnableRule", { Name: "Sweep" });
  await clock.run({ untilMs: startMs + 2 * hour });
  expect(ticks()).toEqual([2 * hour]);
  call("PutRule", { Name: "Sweep", ScheduleExpression: "rate(10 minutes)" });
  expect(call("DescribeRule", { Name: "Sweep" })).toMatchObject({ ScheduleExpression: "rate(10 minutes)" });
  await clock.run({ untilMs: startMs + 2 * hour + 10 * minute });
  expect(ticks()).toEqual([2 * hour, 2 * hour + 10 * minute]);
  call("RemoveTargets", { Rule: "Sweep", Ids: ["fn"] });
  call("DeleteRule", { Name: "Sweep" });
  await clock.run({ untilMs: startMs + 9 * hour });
  expect(ticks()).toHaveLength(2);
});

const next = (expression: string, after: string, times = 1): string | undefined => {
  let ms: number | undefined = Date.parse(after);
  for (let time = 0; time < times && ms !== undefined; time += 1) ms = compileSchedule(expression).nextMs(ms, 0);
  return ms === undefined ? undefined : new Date(ms).toISOString();
};

describe("a cron expression", () => {
  test.each([
    ["cron(0 10 * * ? *)", "2026-01-01T10:00:00Z", "2026-01-02T10:00:00.000Z"],
    ["cron(15 12 * * ? *)", "2026-01-01T10:00:00Z", "2026-01-01T12:15:00.000Z"],
    ["cron(0 18 ? * MON-FRI *)", "2026-01-02T18:00:00Z", "2026-01-05T18:00:00.000Z"],
    ["cron(0 8 1 * ? *)", "2026-01-01T08:00:00Z", "2026-02-01T08:00:00.000Z"],
    ["cron(0/15 * * * ? *)", "2026-01-01T10:46:00Z", "2026-01-01T11:00:00.000Z"],
    ["cron(0/5 8-17 ? * 2-6 *)", "2026-01-02T17:55:00Z", "2026-01-05T08:00:00.000Z"],
    ["cron(30 6,18 29 FEB ? *)", "2026-01-01T00:00:00Z", "2028-02-29T06:30:00.000Z"],
    ["cron(0 0 1 1 ? 2026)", "2026-01-01T00:00:00Z", undefined],
  ])("%s after %s is next at %s", (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  test.each([
    "cron(0 10 * * * *)",
    "cron(0 10 ? * ? *)",
    "cron(60 10 * * ? *)",
    "cron(0 10 * * ?)",
    "cron(5-1 10 * * ? *)",
    "cron(0 10 * * ? */0)",
    "rate(1 hours)",
    "rate(2 hour)",
    "rate(0 minutes)",
    "rate(5 seconds)",
    "every hour",
  ])("%s is none", (expression) => {
    expect(() => compileSchedule(expression)).toThrow("Parameter ScheduleExpression is not valid.");
  });

  test.each(["cron(0 10 L * ? *)", "cron(0 10 15W * ? *)", "cron(0 10 ? * 6#3 *)"])("%s is refused by name", (text) => {
    expect(() => compileSchedule(text)).toThrow("in a cron expression");
  });
});

test("a schedule is for the default bus, and a rule without one needs a pattern", () => {
  const { events, call } = smallCloud();
  events.buses.create("shop", undefined);
  const schedule = { Name: "Sweep", ScheduleExpression: "rate(1 hour)", EventBusName: "shop" };
  expect(() => call("PutRule", schedule)).toThrow("ScheduleExpression is supported only on the default event bus.");
  expect(() => call("PutRule", { Name: "Sweep" })).toThrow("EventPattern or ScheduleExpression must be specified");
});
