import { describe, expect, test } from "vitest";
import { eventTargets } from "../../src/events/delivery/event-target.ts";
import type { TargetDescription } from "../../src/events/rule/target.ts";
import { compileTarget } from "../../src/events/rule/target.ts";
import { services } from "../../src/services.ts";
import { queueArn, smallCloud } from "./small-cloud.ts";

const detail = { payload: { orderId: "o-1", lines: [1, 2] }, tags: ["ACTIVE", "INACTIVE"], paid: true };

async function received(target: Partial<TargetDescription>): Promise<string | undefined> {
  const cloud = smallCloud();
  cloud.queue("all");
  cloud.rule({ source: ["orders"] }, { Arn: queueArn("all"), ...target });
  cloud.put(detail);
  await cloud.clock.run();
  return cloud.receive("all")[0]?.Body;
}

const InputPathsMap = {
  id: "$.detail.payload.orderId",
  payload: "$.detail.payload",
  tags: "$.detail.tags",
  paid: "$.detail.paid",
  none: "$.detail.none",
  first: "$.detail.tags[0]",
};

describe("what a target receives", () => {
  test("is Input as it stands", async () => expect(await received({ Input: '{"a": 1}' })).toBe('{"a": 1}'));

  test("is the part that InputPath names, as JSON", async () => {
    expect(await received({ InputPath: "$.detail.payload" })).toBe('{"orderId":"o-1","lines":[1,2]}');
    expect(await received({ InputPath: "$.detail.payload.orderId" })).toBe('"o-1"');
  });

  test.each([
    ['"order <id> of <tags>, first <first>"', '"order o-1 of [ACTIVE,INACTIVE], first ACTIVE"'],
    ['"payload <payload>"', '"payload {orderId:o-1,lines:[1,2]}"'],
    ['"none: <none>."', '"none: ."'],
    [
      '{"id": <id>, "all": <payload>, "paid": <paid>}',
      '{"id": "o-1", "all": {"orderId":"o-1","lines":[1,2]}, "paid": true}',
    ],
    ['{"path": "orders/<id>/x"}', '{"path": "orders/o-1/x"}'],
    [
      '{"rule": <aws.events.rule-name>, "at": "<aws.events.event.ingestion-time>"}',
      '{"rule": "rule-0", "at": "2026-01-01T00:00:00Z"}',
    ],
  ])("is the template %s filled in", async (InputTemplate, expected) => {
    expect(await received({ InputTransformer: { InputPathsMap, InputTemplate } })).toBe(expected);
  });

  test("may hold the whole event", async () => {
    const body = await received({ InputTransformer: { InputTemplate: '{"event": <aws.events.event.json>}' } });
    expect(JSON.parse(body!)).toMatchObject({ event: { "detail-type": "OrderCreated", detail } });
  });
});

const target = (description: Partial<TargetDescription>) =>
  compileTarget({ Id: "t", Arn: queueArn("all"), ...description }, 1, eventTargets(services));

describe("a target is turned down", () => {
  test("for a variable its template does not define", () => {
    expect(() => target({ InputTransformer: { InputTemplate: '"<nobody>"' } })).toThrow(
      "InputTemplate for target t contains invalid placeholder nobody.",
    );
  });

  test("for two kinds of input", () => {
    expect(() => target({ Input: "{}", InputPath: "$.detail" })).toThrow(
      "Only one of Input, InputPath, or InputTransformer must be provided for target t.",
    );
  });

  test("by name for what the cloud does not know", () => {
    expect(() => target({ Arn: "arn:aws:sns:eu-west-2:000000000000:topic" })).toThrow(
      "does not know targets of service sns",
    );
    expect(() => target({ InputPath: "$.detail[*].x" })).toThrow("does not know JSON path $.detail[*].x");
    expect(() => target({ InputTransformer: { InputTemplate: '{"e": <aws.events.event>}' } })).toThrow(
      "does not know <aws.events.event>",
    );
  });
});
