import { readFileSync } from "node:fs";
import type { Variant } from "@ovsc/shared/variant";
import { beforeAll, describe, expect, test } from "vitest";
import { type Bill, billOf, type Measured, type Terms } from "../../src/bill/bill.ts";
import { measure } from "../../src/bill/measure.ts";
import { type Mix, usualMix, withFailureRate } from "../../src/bill/mix.ts";
import { ownPrices, priceIds, pricesIn, readPrices } from "../../src/bill/prices.ts";
import { billingRules } from "../../src/bill/rules.ts";
import type { Result } from "../../src/judgement/results.ts";
import { type Scenario, scenarios } from "../../src/orders/scenarios.ts";
import { variantNamed, variants } from "../../src/variants.ts";
import { takes } from "../family.ts";
import { byHand, countedByHand } from "./paper/index.ts";

const list = readPrices(ownPrices);
const terms: Terms = {
  ordersPerMonth: 1_000_000,
  mix: usualMix,
  prices: pricesIn(list, "us-east-1"),
  freeTier: false,
  replaced: {},
  stateBytes: 0,
};
const only = (name: string): Mix => new Map([[scenarios.find((each) => each.name === name)!, 1]]);
const dollarsOf = (bill: Bill, rule: string): number => bill.lines.find((line) => line.rule === rule)?.usd?.base ?? 0;
const lines = (bill: Bill) => new Map([...bill.lines, ...bill.fixed].map(({ rule, usd }) => [rule, usd?.base]));

/** The scenarios that are counted in a variant one by one: its share, and those of the mix. */
const countedOf = (variant: Variant): Scenario[] =>
  scenarios.filter((each, row) => takes(variant, row) || usualMix.has(each));

let measured: ReadonlyMap<string, Measured>;
beforeAll(async () => {
  const all = await Promise.all(variants.map((variant) => measure(variant, countedOf(variant))));
  measured = new Map(all.map((each) => [each.variant, each]));
}, 120_000);

// The count on paper is made of what the code of steps and shells says, and of no run: see paper/.
describe.each(countedByHand)("a million orders in the %s cost what was counted by hand, to the cent", (variant) => {
  test.each(countedOf(variantNamed(variant)).map(({ name }) => name))("%s", (name) => {
    const { lines: own, outside } = billOf(measured.get(variant)!, { ...terms, mix: only(name) });
    const billed = new Map([...own, ...outside].map(({ rule, usd }) => [rule, usd!.base]));
    const expected = byHand(variant, name);
    for (const [rule, usd] of Object.entries(expected)) expect.soft(billed.get(rule) ?? 0, rule).toBeCloseTo(usd, 2);
    expect([...billed.keys()].filter((rule) => !(rule in expected))).toEqual([]);
  });
});

test("nobody waits for a retry on a happy way, and everybody for a minute where an answer is lost once", () => {
  for (const { variant, scenarios: metered } of measured.values()) {
    expect.soft(metered.get("happy")!.waitedMs, variant).toBe(0);
    const { waitedMs } = metered.get("charge-answer-lost-once")!;
    expect.soft(Math.round(waitedMs / 1000), variant).toBe(60);
  }
});

test("a client waits for the whole order where he calls what ends with it", () => {
  const waiting = [...measured.values()].filter(({ scenarios: metered }) => metered.get("happy")!.clientWaits);
  expect(waiting.map(({ variant }) => variant)).toEqual(["chain", "express-sync"]);
});

describe("what the recorded results count is billed", () => {
  const { results } = JSON.parse(readFileSync(new URL("../recorded/results.json", import.meta.url), "utf8")) as {
    results: readonly Result[];
  };
  const cases = results.flatMap((result) =>
    Object.entries(result.variants).map(([variant, tally]) => ({ name: result.name, variant, result, tally })),
  );

  test.each(cases)("$name in the $variant", ({ name, variant, result, tally }) => {
    const bill = billOf(measured.get(variant)!, { ...terms, mix: only(name) });
    const { events, stateTransitions, invocations } = tally.counts;
    const perOrder = (count: unknown, usdPerMillion: number) => (Number(count) * usdPerMillion) / result.orders;
    expect.soft(dollarsOf(bill, "events")).toBeCloseTo(perOrder(events, 1), 2);
    expect.soft(dollarsOf(bill, "transitions")).toBeCloseTo(perOrder(stateTransitions, 25), 2);
    expect.soft(dollarsOf(bill, "function-requests")).toBeCloseTo(perOrder(invocations, 0.2), 2);
  });
});

const withPrice = (id: string, factor: number): Terms["prices"] =>
  new Map(
    [...terms.prices].map(([key, price]) => {
      const tiers = price.tiers?.map((tier) => ({ ...tier, usd: tier.usd * factor }));
      return [key, key === id ? { ...price, usd: price.usd * factor, ...(tiers && { tiers }) } : price] as const;
    }),
  );

describe("changing one thing changes what it should and nothing else", () => {
  const unchanged = new Map<string, ReturnType<typeof lines>>();
  beforeAll(() => {
    for (const each of measured.values()) unchanged.set(each.variant, lines(billOf(each, terms)));
  });
  test.each(priceIds)("the price of a unit: %s", (id) => {
    for (const each of measured.values()) {
      const bill = billOf(each, { ...terms, prices: withPrice(id, 2) });
      for (const { rule, price, usd } of [...bill.lines, ...bill.fixed]) {
        expect
          .soft(usd?.base, `${each.variant} ${rule}`)
          .toBeCloseTo(unchanged.get(each.variant)!.get(rule)! * (price === id ? 2 : 1), 9);
      }
    }
  });

  test("the share of cold starts", () => {
    for (const each of measured.values()) {
      const before = lines(billOf(each, terms));
      for (const [rule, usd] of lines(billOf(each, { ...terms, replaced: { coldShare: 0.03 } }))) {
        expect.soft(usd, rule).toBeCloseTo(before.get(rule)! * (rule.endsWith("function-init") ? 3 : 1), 9);
      }
    }
  });

  test("the work of each step", () => {
    for (const each of measured.values()) {
      const before = lines(billOf(each, terms));
      for (const [rule, usd] of lines(billOf(each, { ...terms, replaced: { stepWorkMs: 500 } }))) {
        if (rule.endsWith("-duration")) expect.soft(usd, rule).toBeGreaterThan(before.get(rule)!);
        else expect.soft(usd, rule).toBeCloseTo(before.get(rule)!, 9);
      }
    }
  });

  test("twice the orders cost twice as much, but for traces, which are sampled, and what is there every month", () => {
    for (const each of measured.values()) {
      const before = billOf(each, terms);
      const after = billOf(each, { ...terms, ordersPerMonth: 2_000_000 });
      for (const { rule, usd } of after.lines) {
        expect.soft(usd!.base, rule).toBeCloseTo(2 * dollarsOf(before, rule), 6);
      }
      for (const { rule, usd } of after.fixed)
        expect.soft(usd!.base, rule).toBeCloseTo(before.fixed.find((line) => line.rule === rule)!.usd!.base, 9);
      const many = billOf(each, { ...terms, ordersPerMonth: 100_000_000 });
      expect(dollarsOf(many, "traces")).toBeCloseTo((2_628_000 + 5_000_000) * 5e-6, 2);
    }
  });

  test("the free tier takes off what each service gives away", () => {
    const bill = billOf(measured.get("orchestration")!, { ...terms, mix: only("happy"), freeTier: true });
    expect(dollarsOf(bill, "transitions")).toBeCloseTo(100 - 4_000 * 2.5e-5, 6);
    expect(dollarsOf(bill, "function-requests")).toBeCloseTo(3 * 0.2, 6);
    expect(dollarsOf(bill, "traces")).toBeCloseTo(4.5, 6);
    expect(dollarsOf(bill, "write-units")).toBeCloseTo(16 * 0.625, 6);
  });

  test("another Region: what has no price there is named, and the total is unknown", () => {
    const london = { ...terms, prices: pricesIn(list, "eu-west-2") };
    const bill = billOf(measured.get("choreography")!, london);
    expect(bill.missing).toEqual(expect.arrayContaining(["event", "write-unit", "trace"]));
    expect(bill.missing).not.toContain("transition");
    expect(bill.total).toBeUndefined();
    expect(bill.priced.base).toBeGreaterThan(0);
  });

  test("another Region with the same prices costs the same", () => {
    const elsewhere = list.prices.map((price) =>
      price.region === "us-east-1" ? { ...price, region: "eu-west-9" } : price,
    );
    for (const each of measured.values())
      expect(billOf(each, { ...terms, prices: pricesIn({ ...list, prices: elsewhere }, "eu-west-9") })).toEqual(
        billOf(each, terms),
      );
  });

  test("a variant's name changes no figure", () => {
    for (const each of measured.values()) {
      const { variant: _own, ...renamed } = billOf({ ...each, variant: "another" }, terms);
      const { variant: _other, ...own } = billOf(each, terms);
      expect(renamed).toEqual(own);
    }
  });
});

test("a mix with more failures costs more in every variant", () => {
  for (const each of measured.values()) {
    const total = (rate: number) => billOf(each, { ...terms, mix: withFailureRate(usualMix, rate) }).total!.base;
    expect(total(0.5)).toBeGreaterThan(total(0.01));
  }
});

test("every rule bills something somewhere, or its line would be there for nothing", () => {
  const idle = billingRules.filter((rule) =>
    scenarios.every(({ name }) =>
      [...measured.values()].every((each) => {
        if (!each.scenarios.has(name)) return true;
        const { lines: own, outside } = billOf(each, { ...terms, mix: only(name) });
        return ![...own, ...outside].some((line) => line.rule === rule.id);
      }),
    ),
  );
  // No scenario ends with a dead letter: those that would are in the matrix. Nothing ever reads from the simulated
  // services without writing.
  expect(idle.map(({ id }) => id)).toEqual(["queue-requests", "simulated-reads"]);
});
