import { describe, expect, test } from "vitest";
import { type Measured, billOf, type Terms } from "../../src/bill/bill.ts";
import { cheaperOf, crossingsOf } from "../../src/bill/crossings.ts";
import { type Price, type PriceId } from "../../src/bill/prices.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { taking } from "./metered.ts";

const happy = scenarios.find(({ name }) => name === "happy")!;

const price = (id: PriceId, usd: number, freePerMonth?: number): [PriceId, Price] => [
  id,
  { id, usd, region: "us-east-1", unit: "unit", source: "a test", asOf: "2026", ...(freePerMonth && { freePerMonth }) },
];

const terms: Terms = {
  ordersPerMonth: 1_000,
  mix: new Map([[happy, 1]]),
  prices: new Map([price("transition", 0.01), price("event", 0.001), price("alarm", 10)]),
  freeTier: false,
  replaced: {},
  stateBytes: 0,
};

const ordersAxis = (first: Measured, second: Measured, under = terms) =>
  crossingsOf(first, second, under).find(({ axis }) => axis === "orders")!;

describe("where two variants cost the same", () => {
  test("orders a month at which what is there every month is made up for", () => {
    // 30 dollars a month and 0.001 an order, against 0.004 an order: the same at 10,000.
    const fixed = taking("fixed", { events: [100] }, 3);
    const perOrder = taking("per order", { events: [100, 100, 100, 100] });
    const { points } = ordersAxis(fixed, perOrder);
    expect(points).toHaveLength(1);
    expect(points[0]!.at).toBeGreaterThan(9_990);
    expect(points[0]!.at).toBeLessThan(10_010);
    expect(points[0]).toMatchObject({ cheaperBelow: "per order", because: undefined });
  });

  test("two straight lines through zero do not cross: one is cheaper everywhere, by the same factor", () => {
    const crossing = ordersAxis(taking("one", { events: [1] }), taking("ten", { transitions: 1 }));
    expect(crossing.points).toEqual([]);
    expect(crossing.cheaper).toBe("one");
    expect(crossing.ratio[0]).toBeCloseTo(10, 9);
    expect(crossing.ratio[1]).toBeCloseTo(10, 9);
  });

  test("a crossing that only the free tier makes is called that", () => {
    const free = {
      ...terms,
      prices: new Map([price("transition", 0.01, 100_000), price("event", 0.001)]),
      freeTier: true,
    };
    const { points } = ordersAxis(
      taking("free at first", { transitions: 1 }),
      taking("never free", { events: [1] }),
      free,
    );
    expect(points.map(({ because }) => because)).toEqual(["the free tier alone"]);
  });

  test("a crossing where both differ by cents is called that", () => {
    const cheap = { ...terms, prices: new Map([price("event", 1e-6), price("alarm", 0.1)]) };
    const { points } = ordersAxis(taking("alarmed", { events: [1] }, 1), taking("chatty", { events: [1, 1] }), cheap);
    expect(points.map(({ because }) => because)).toEqual(["less than a dollar a month"]);
  });

  test("state in messages makes events dearer, 64 KB by 64 KB", () => {
    const { points } = crossingsOf(taking("events", { events: [100] }), taking("none", { transitions: 1 }), {
      ...terms,
      prices: new Map([price("transition", 0.0025), price("event", 0.001)]),
    }).find(({ axis }) => axis === "state-data")!;
    expect(points).toHaveLength(1);
    expect(points[0]!.at).toBeGreaterThan(2 * 65_536 - 200);
    expect(points[0]!.at).toBeLessThan(2 * 65_536 + 200);
  });
});

describe("who is cheaper", () => {
  const event = taking("event", { events: [1] });

  test("is said only where the low, the base and the high case agree", () => {
    // In the high case an execution has a transition more.
    const executed = taking("executed", { events: [1], executions: 1 });
    expect(billOf(executed, terms).total!.base).toBe(billOf(event, terms).total!.base);
    expect(cheaperOf(event, executed, terms)).toBeUndefined();
    expect(cheaperOf(event, taking("two", { events: [1, 1] }), terms)).toBe("event");
  });

  test("is not known where a price is missing", () => {
    expect(cheaperOf(event, taking("two", { events: [1, 1] }), { ...terms, prices: new Map() })).toBeUndefined();
  });
});
