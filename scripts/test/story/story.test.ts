import { beforeAll, describe, expect, test } from "vitest";
import type { FaultPlan } from "../../src/faults/plan.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { type Moment, type Story, waitedMs } from "../../src/story/story.ts";
import { tellStory } from "../../src/story/tell-story.ts";
import { pair as variants, variantNamed } from "../../src/variants.ts";
import { isWhole } from "../family.ts";
import { variant as oneFunction } from "../one-function/variant.ts";
import { logging, named, storiesIn } from "./told.ts";

type Run = Awaited<ReturnType<typeof logging>>;
const runs = new Map<string, Run>();
beforeAll(async () => {
  for (const variant of variants) runs.set(variant.name, await logging(variant));
  runs.set(oneFunction.name, await logging(oneFunction));
}, 60_000);
let count = 0;

/** The story of the one order of a scenario, under faults. */
async function storyOf(variant: string, scenario: string, plan: FaultPlan = []): Promise<Story> {
  count += 1;
  const [story, ...others] = storiesIn(await runs.get(variant)!(named(scenario, `-${count}`), plan));
  expect(others).toEqual([]);
  expectWhole(story!);
  return story!;
}

/** What must be so in any story, whatever happened. */
function expectWhole({ orderId, moments, lanes, placements }: Story): void {
  const ids = lanes.map(({ id }) => id);
  for (const [position, { index, cause, atMs, lane, arrow }] of moments.entries()) {
    const what = `${orderId}, moment ${index}`;
    expect(index, what).toBe(position + 1);
    expect(ids, what).toContain(lane);
    if (arrow) expect(ids, what).toContain(arrow.from);
    if (cause === undefined) continue;
    expect(cause, what).toBeLessThan(index);
    expect(moments[cause - 1]!.atMs, what).toBeLessThanOrEqual(atMs);
  }
  const roots = moments.filter(({ cause }) => cause === undefined);
  const ticks = roots.filter(({ text }) => text === "Scheduled Event");
  expect(roots.filter((root) => !ticks.includes(root)).map(({ kind }) => kind)).toEqual(placements.map(() => "placed"));
  expect(ids).not.toContain("unknown");
  // Nobody takes part in whose lane nothing happens and from which nothing comes.
  const used = moments.flatMap(({ lane, arrow }) => [lane, ...(arrow ? [arrow.from] : [])]);
  expect(new Set(used)).toEqual(new Set(ids));
}

const of = ({ moments }: Story, kind: Moment["kind"], step?: string): Moment[] =>
  moments.filter((moment) => moment.kind === kind && (step === undefined || moment.step === step));

/** A moment and all that led to it, in the order of time: the kinds. */
function wayTo({ moments }: Story, last: Moment): string[] {
  const way = [last];
  while (way[0]!.cause !== undefined) way.unshift(moments[way[0]!.cause - 1]!);
  return way.map(({ kind, text }) => `${kind} ${text}`);
}

const charging = (fault: object): FaultPlan => [{ step: "ChargePayment", ...fault }] as unknown as FaultPlan;

const told = [...variants, oneFunction];

describe.each(told)("stories of the $name", ({ name: variant }) => {
  // In `test` each is told of one of the three.
  const place = told.findIndex(({ name }) => name === variant);
  const own = scenarios.filter((_, row) => isWhole || row % told.length === place);
  test.each(own.map(({ name }) => name))("%s: all that happened has a cause, but for the placing", async (name) => {
    count += 1;
    const stories = storiesIn(await runs.get(variant)!(named(name, `-${count}`)));
    expect(stories.length).toBeGreaterThan(0);
    for (const story of stories) expectWhole(story);
  });

  test("show what each moment wrote: row, document, ledgers and stock", async () => {
    const { moments } = await storyOf(variant, "shipping-refused");
    const written = moments.flatMap(({ lane, changes }) => changes.map((change) => ({ lane, ...change })));
    const seen = written.map((each) => {
      if (each.type === "StatusChanged") return each.status;
      if (each.type === "PlacementChanged") return each.state;
      return each.type === "StockChanged" ? `${each.available} left` : `${each.lane}: ${each.ledger} ${each.state}`;
    });
    expect(seen).toEqual([
      "PLACED",
      "PENDING",
      "TAKEN",
      "8 left",
      "inventory: RESERVATION HELD",
      "RESERVED",
      "payment-gateway: CHARGE CHARGED",
      "CHARGED",
      "carrier: SHIPMENT REFUSED",
      "SHIPPING_FAILED",
      "REFUNDING",
      "payment-gateway: CHARGE REFUNDED",
      "payment-gateway: REFUND REFUNDED",
      "PAYMENT_REFUNDED",
      "RELEASING",
      "10 left",
      "inventory: RESERVATION RELEASED",
      "INVENTORY_RELEASED",
    ]);
  });
});

describe.each(variants)("a story of the $name", ({ name: variant }) => {
  test("has each try of a step, and how long it came after the one before", async () => {
    const story = await storyOf(variant, "charge-answer-lost");
    const tries = of(story, "started", "ChargePayment");
    expect(tries.map((each) => [each.attempt, waitedMs(story, each)])).toEqual([
      [1, 0],
      [2, 60_000],
      [3, 120_000],
    ]);
    expect(of(story, "ended", "ChargePayment").map(({ error }) => error)).toEqual(Array(3).fill("PaymentTimedOut"));
  });

  test("has the wait for a function that is throttled, each try after the one before", async () => {
    const story = await storyOf(
      variant,
      "happy",
      charging({ kind: "throttle", dependency: "lambda", from: 0, until: 20 }),
    );
    const struck = of(story, "struck");
    expect(struck.map((each) => each.atMs - story.moments[0]!.atMs)).toEqual([0, 1_000, 3_000, 7_000, 15_000]);
    const [started] = of(story, "started", "ChargePayment");
    expect([started!.attempt, waitedMs(story, started!)]).toEqual([1, 16_000]);
  });

  test("shows a request that was lost, and one whose answer was, by who would have had it", async () => {
    const before = await storyOf(
      variant,
      "happy",
      charging({ kind: "fail-before", dependency: "payment-gateway", attempts: [1] }),
    );
    expect(of(before, "struck", "ChargePayment").map(({ lane, arrow }) => [lane, arrow])).toEqual([
      ["payment-gateway", { from: "ChargePayment", kind: "call", lost: "request" }],
    ]);
    const after = await storyOf(
      variant,
      "happy",
      charging({ kind: "fail-after", dependency: "payment-gateway", attempts: [1] }),
    );
    const [charged] = of(after, "called", "ChargePayment").filter(({ lane }) => lane === "payment-gateway");
    expect(charged!.arrow).toEqual({ from: "ChargePayment", kind: "call", lost: "answer" });
    expect(charged!.changes).toMatchObject([{ ledger: "CHARGE", state: "CHARGED" }]);
  });

  test("lets an effect that comes late follow from the call that nobody answered", async () => {
    const story = await storyOf(
      variant,
      "happy",
      charging({ kind: "late-effect", dependency: "payment-gateway", attempts: [1] }),
    );
    const late = story.moments.find(({ changes }) =>
      changes.some((change) => change.type === "LedgerChanged" && change.ledger === "CHARGE"),
    )!;
    expect(waitedMs(story, late)).toBe(15_000);
    expect(wayTo(story, late).slice(-2)).toEqual([
      "struck effectAfterMs 15000, answer never answer: PutItem",
      "called PutItem",
    ]);
  });

  test("has all placements of an orderId, each with a beginning of its own", async () => {
    const story = await storyOf(variant, "order-id-taken");
    expect(story.placements).toHaveLength(2);
  });
});

test("a choreography's events lead from step to step through the bus", async () => {
  const story = await storyOf("choreography", "declined");
  expect(wayTo(story, of(story, "published").at(-1)!)).toEqual([
    "placed PLACED",
    "published OrderPlaced",
    "delivered OrderPlaced",
    "started CreateOrder",
    "published OrderCreated",
    "delivered OrderCreated",
    "started ReserveInventory",
    "published InventoryReserved",
    "delivered InventoryReserved",
    "started ChargePayment",
    "published PaymentDeclined",
    "delivered PaymentDeclined",
    "started ReleaseInventory",
    "published InventoryReleased",
  ]);
});

test("an orchestration's steps are led to by the answers that its state machine gets", async () => {
  const story = await storyOf("orchestration", "declined");
  expect(wayTo(story, story.moments.at(-1)!)).toEqual([
    "placed PLACED",
    "moved ExecutionStarted",
    ...["CreateOrder", "ReserveInventory"].flatMap((step) => [`moved ${step}`, `started ${step}`, "ended succeeded"]),
    "moved ChargePayment",
    "started ChargePayment",
    "ended failed",
    "moved ReleaseInventory",
    "started ReleaseInventory",
    "ended succeeded",
    "moved WhatFailed",
    "moved PaymentDeclined",
    "moved ExecutionFailed",
  ]);
});

test("a delivery that fails is told as lost, and the next attempt follows from it", async () => {
  const story = await storyOf(
    "choreography",
    "happy",
    charging({ kind: "delivery-failed", dependency: "rule-target", attempts: [1] }),
  );
  const [failed, second] = of(story, "delivered", "ChargePayment");
  expect(failed).toMatchObject({ attempt: 1, arrow: { kind: "event", lost: "request" } });
  expect(second).toMatchObject({ attempt: 2, cause: failed!.index });
});

test.each([
  ["rule-target", ["delivered", "started", "published"]],
  ["lambda-queue", ["started", "published"]],
])("what comes twice from the %s is told as a duplicate, with what it says again", async (dependency, kinds) => {
  const story = await storyOf("choreography", "happy", charging({ kind: "duplicate", dependency, attempts: [1] }));
  const twice = story.moments.filter(({ step, isDuplicate }) => step === "ChargePayment" && isDuplicate);
  expect(twice.map(({ kind }) => kind)).toEqual(kinds);
});

test("a record that no failure destination got is told as lost, and nothing follows from it", async () => {
  const story = await storyOf("choreography", "happy", [
    ...charging({ kind: "fail-before", dependency: "order-table", attempts: [1, 2, 3] }),
    ...charging({ kind: "record-lost", dependency: "failure-destination", attempts: [1] }),
  ]);
  const last = story.moments.at(-1)!;
  expect(last).toMatchObject({ kind: "struck", arrow: { from: "ChargePayment", lost: "request" } });
  expect(story.moments[last.cause! - 1]).toMatchObject({ kind: "ended", attempt: 3 });
});

test.each(variants)("what the sweeper of the $name did for an order follows from a tick", async (variant) => {
  const run = await logging(variant, { sweeper: "on" });
  const plan = [{ kind: "fail-before", dependency: "order-table", from: 0, until: 8 * 3_600 }] as const;
  const [story] = storiesIn(await run(named("happy"), plan));
  expectWhole(story!);
  const last = story!.moments.findLast(({ changes }) => changes.some(({ type }) => type === "StatusChanged"))!;
  expect(wayTo(story!, last).slice(0, 3)).toEqual([
    "published Scheduled Event",
    "delivered Scheduled Event",
    "started SweeperSweep",
  ]);
});

test("no lines are no story", () => {
  expect(() => tellStory([])).toThrow(RangeError);
});

test("lanes stand from the client to the services, functions in the order of their steps", async () => {
  const { lanes } = await storyOf(variantNamed("choreography").name, "shipping-refused");
  expect(lanes.map(({ name }) => name)).toEqual([
    "client",
    "event bus",
    "CreateOrder",
    "ReserveInventory",
    "ChargePayment",
    "ShipOrder",
    "RefundPayment",
    "ReleaseInventory",
    "order table",
    "inventory",
    "payment gateway",
    "carrier",
  ]);
});
