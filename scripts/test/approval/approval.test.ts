import type { Variant } from "@ovsc/shared/variant";
import { beforeAll, describe, expect, test } from "vitest";
import { judge } from "../../src/judgement/judge.ts";
import { approvalScenarios } from "../../src/orders/approval-scenarios.ts";
import { variantNamed } from "../../src/variants.ts";
import { valid } from "../saga.ts";
import { live, openWaiting } from "./waiting.ts";

const asking = ["choreography", "orchestration", "hybrid", "durable"].map(variantNamed);
const opened = new Map<Variant, Awaited<ReturnType<typeof openWaiting>>>();
beforeAll(async () => {
  for (const variant of asking) opened.set(variant, await openWaiting(variant));
}, 120_000);

describe.each(approvalScenarios)("an order above the limit ($name)", (scenario) => {
  test(`${scenario.title}, in every variant that can wait`, async () => {
    const lived = [];
    for (const variant of asking) {
      const { batch, outcome, told } = await live(variant, opened.get(variant)!, scenario);
      const { row, charges } = outcome.evidence[0]!;
      expect(row?.approval?.by, variant.name).toBe(scenario.decidedBy);
      expect(
        charges.map(({ state }) => state),
        variant.name,
      ).toEqual(scenario.ends === "SHIPPED" ? ["CHARGED"] : []);
      lived.push({ variant: variant.name, batch, outcome, told });
    }
    const outcomes = Object.fromEntries(lived.map(({ variant, outcome }) => [variant, outcome]));
    const [{ batch }] = lived as [(typeof lived)[0]];
    expect(judge(batch, outcomes)).toEqual(valid);
    for (const { told } of lived)
      expect(told.map((each) => each?.isOurs)).toEqual(
        scenario.answers.map(({ by, isEnded }) => (isEnded ? undefined : by === scenario.decidedBy)),
      );
  });
});
