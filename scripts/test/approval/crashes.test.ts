import type { AwsCall } from "@ovsc/local";
import { describe, expect, test } from "vitest";
import { judge } from "../../src/judgement/judge.ts";
import { approvalScenarios } from "../../src/orders/approval-scenarios.ts";
import { variantNamed } from "../../src/variants.ts";
import { isWhole } from "../family.ts";
import { valid } from "../saga.ts";
import { live, openWaiting } from "./waiting.ts";

const approved = approvalScenarios.find(({ name }) => name === "approved")!;
/** Those who only listen, and the clocks, which come again. */
const bystanders = /Sweep|Deadlines|Loyalty|Analytics|Notification/;

const waiting = ["choreography", "orchestration", "hybrid", "durable"].map(variantNamed);

describe.each(waiting)("the $name", (variant) => {
  const title = "ships an approved order once, whichever call of a step a crash comes after";
  test(title, { timeout: 120_000 }, async () => {
    let struck = -1;
    let calls = 0;
    const onAwsCall = ({ functionName }: AwsCall) => {
      if (bystanders.test(functionName)) return undefined;
      calls += 1;
      return calls - 1 === struck ? ("crash after" as const) : undefined;
    };
    const opened = await openWaiting(variant, { faults: { onAwsCall }, repeatable: true });
    await live(variant, opened, approved);
    const all = calls;
    expect(all).toBeGreaterThan(12);
    const place = waiting.indexOf(variant);
    for (struck = 0; struck < all; struck += 1) {
      // In `test` each call is struck in one of the four.
      if (!isWhole && (struck + place) % waiting.length > 0) continue;
      calls = 0;
      const { batch, outcome } = await live(variant, opened, approved);
      // A crash that never came proves nothing.
      expect(calls).toBeGreaterThan(struck);
      expect(judge(batch, { [variant.name]: outcome }), `after call ${struck}`).toEqual(valid);
    }
  });
});
