import { describe, expect, test } from "vitest";
import { parityRules, rules } from "../../src/judgement/rules.ts";
import { alsoBroken, broken, findingsOf, fine } from "./broken.ts";

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

  test.each(alsoBroken)("$id is broken where $finding", ({ id, finding, ...each }) => {
    expect(findingsOf(each)).toEqual(new Set([finding]));
    expect(findingsOf(each, id)).toEqual(new Set());
  });

  test.each(Object.entries(fine))("let %s pass", (_what, each) => {
    expect(findingsOf(each)).toEqual(new Set());
  });
});
