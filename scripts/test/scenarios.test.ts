import { carrierPostcodes, inventorySkus, paymentTokens } from "@ovsc/shared";
import { describe, expect, test } from "vitest";
import { scenarios } from "../src/orders/scenarios.ts";

const orders = scenarios.flatMap((scenario) => scenario.orders);

/** The test tokens that provoke something: all but those that are simply accepted. */
const provoking = (tokens: typeof paymentTokens): string[] =>
  Object.entries(tokens).flatMap(([token, { verdict, ...fails }]) =>
    verdict === "refuse" || Object.keys(fails).length > 0 ? [token] : [],
  );

describe("the scenarios", () => {
  test.each([
    ["paymentToken", provoking(paymentTokens), orders.map(({ paymentToken }) => paymentToken)],
    ["postcode", provoking(carrierPostcodes), orders.map(({ address }) => address.postcode)],
    ["sku", provoking(inventorySkus), orders.map(({ sku }) => sku)],
  ])("try every test token that a %s can be: add a scenario for one that is missing", (_field, tokens, tried) => {
    expect(tokens.length).toBeGreaterThan(0);
    expect(tokens.filter((token) => !tried.includes(token))).toEqual([]);
  });

  test("have each a name and a title of its own", () => {
    for (const word of ["name", "title"] as const) {
      expect(new Set(scenarios.map((scenario) => scenario[word])).size).toBe(scenarios.length);
    }
  });
});
