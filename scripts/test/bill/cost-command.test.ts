import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readMix, usualMix } from "../../src/bill/mix.ts";
import { ownPrices, priceIds, priceOf, pricesIn, readPrices } from "../../src/bill/prices.ts";

const folder = mkdtempSync(join(tmpdir(), "cost-"));
const file = (text: string): string => {
  const path = join(folder, "input.json");
  writeFileSync(path, text);
  return path;
};

describe("a mix", () => {
  test("is made of weights, whatever they add up to", () => {
    const mix = readMix(file('{"happy": 3, "declined": 1}'));
    expect([...mix].map(([{ name }, share]) => [name, share])).toEqual([
      ["happy", 0.75],
      ["declined", 0.25],
    ]);
  });

  test.each([
    ["[1]", /one JSON object/],
    ['{"happy": -1}', /happy: a number from 0 on is wanted, not -1/],
    ['{"happy": "all"}', /happy: a number from 0 on is wanted, not "all"/],
    ['{"happy": 0}', /add up to 0/],
    ['{"happpy": 1}', /unknown scenario happpy: there are happy, /],
    ["{", /cannot read a mix/],
  ])("%s is refused by name", (text, why) => {
    expect(() => readMix(file(text))).toThrow(why);
  });

  test("that nobody gave adds up to 1", () => {
    expect([...usualMix.values()].reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
  });
});

describe("a price list", () => {
  test("that comes with the project has every price of us-east-1, each with a source and its date", () => {
    const prices = pricesIn(readPrices(ownPrices), "us-east-1");
    expect([...prices.keys()].toSorted()).toEqual(priceIds.toSorted());
    for (const { source, asOf, isSecondary } of prices.values()) {
      expect(source.startsWith("https://aws.amazon.com/"), source).toBe(!isSecondary);
      expect(asOf).not.toBe("");
    }
  });

  test.each([
    [{ currency: "EUR" }, /currency/],
    [{ prices: [] }, /prices/],
    [{ prices: [{ id: "transitions" }] }, /prices\.0\.id/],
    [{ collected: "yesterday" }, /collected/],
  ])("with %j is refused by its field", (change, why) => {
    const own = JSON.parse(readFileSync(ownPrices, "utf8")) as object;
    expect(() => readPrices(file(JSON.stringify({ ...own, ...change })))).toThrow(why);
  });

  test("without a Region says which it has", () => {
    expect(() => pricesIn(readPrices(ownPrices), "us-east-9")).toThrow(
      /no price of us-east-9 is known: there are us-east-1/,
    );
  });

  test("prices tier by tier", () => {
    const price = {
      id: "event",
      region: "us-east-1",
      usd: 2,
      unit: "event",
      source: "a test",
      asOf: "2026",
      tiers: [
        { upTo: 10, usd: 2 },
        { upTo: null, usd: 1 },
      ],
    } as const;
    expect(priceOf({ ...price, tiers: [...price.tiers] }, 15, false)).toBe(25);
    expect(priceOf({ ...price, tiers: [...price.tiers], freePerMonth: 5 }, 15, true)).toBe(20);
  });
});
