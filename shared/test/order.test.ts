import { describe, expect, test } from "vitest";
import { InvalidOrder, Order, OrderRequest, parse } from "../src/index.ts";
import { order } from "./example-order.ts";

/** @returns the fields that an order is refused for */
function refusedFields(input: unknown): string[] {
  try {
    parse(OrderRequest, input);
    return [];
  } catch (error) {
    if (error instanceof InvalidOrder) return [...new Set(error.issues.map(({ field }) => field))];
    throw error;
  }
}

describe("an order", () => {
  test("is accepted as a customer writes it, with or without an orderId", () => {
    expect(refusedFields(order)).toEqual([]);
    expect(refusedFields({ ...order, giftNote: "ä".repeat(160_000) })).toEqual([]);
    const { orderId: _orderId, ...anonymous } = order;
    expect(refusedFields(anonymous)).toEqual([]);
    expect(() => parse(Order, anonymous)).toThrow(InvalidOrder);
  });

  test.each([
    ["a quantity that is text", { ...order, quantity: "2" }, ["quantity"]],
    ["a quantity that is not whole", { ...order, quantity: 1.5 }, ["quantity"]],
    ["a negative amount", { ...order, totalCents: -1 }, ["totalCents"]],
    ["an amount no computer adds exactly", { ...order, totalCents: 2 ** 60 }, ["totalCents"]],
    ["an unknown currency", { ...order, currency: "BTC" }, ["currency"]],
    ["a megabyte of text", { ...order, customerId: "x".repeat(1 << 20) }, ["customerId"]],
    ["a gift note that no row holds", { ...order, giftNote: "ä".repeat(160_001) }, ["giftNote"]],
    ["an orderId that cannot name an execution", { ...order, orderId: "a b/c" }, ["orderId"]],
    ["an address without a city", { ...order, address: { ...order.address, city: undefined } }, ["address.city"]],
    ["a field it does not have", { ...order, discount: 5 }, ["(order)"]],
    ["prototype keys", JSON.parse(`{"constructor": {}, ${JSON.stringify(order).slice(1)}`) as unknown, ["(order)"]],
    ["no object at all", null, ["(order)"]],
    ["a list", [order], ["(order)"]],
  ])("is refused for %s, by the name of the field", (_what, input, fields) => {
    expect(refusedFields(input)).toEqual(fields);
  });
});
