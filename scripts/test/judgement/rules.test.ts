import { describe, expect, test } from "vitest";
import { parityRules, rules } from "../../src/judgement/rules.ts";
import { broken, findingsOf, said } from "./broken.ts";
import { outcome, shipped } from "./outcomes.ts";

const ids = [...rules, ...parityRules].map(({ id }) => id);

describe("the rules of the judgement", () => {
  test("each have an outcome that breaks them, and names of their own", () => {
    expect(Object.keys(broken).toSorted()).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(Object.entries(broken))("%s is broken by what no other rule finds", (id, each) => {
    expect(findingsOf(each)).toEqual(new Set([each.finding]));
    expect(findingsOf(each, id)).toEqual(new Set());
  });

  test("let repeats pass, and steps that were said before the end", () => {
    const repeated = said("InventoryReserved", "PaymentCharged", "OrderShipped", "PaymentCharged", "OrderShipped");
    expect(findingsOf({ left: { ...outcome(shipped), ...repeated }, finding: "" })).toEqual(new Set());
  });
});
