import { expect, test } from "vitest";
import type { Finding } from "../../src/judgement/judge.ts";
import { drawnBatches } from "../../src/orders/batches.ts";
import { KeptLog } from "../../src/runs/log/kept-log.ts";
import type { PathTotal } from "../../src/runs/log/run-line.ts";

interface Kept {
  /** Orders that have lines, by variant. */
  readonly lines: Readonly<Record<string, readonly string[]>>;
  /** Lines that belong to no order. */
  readonly unowned: number;
  readonly totals: readonly PathTotal[];
}

const lineOf = (variant: string, orderId?: string) => `${JSON.stringify({ variant, orderId })}\n`;

/** A run of so many orders, whose log has a line for each in both variants and one of nobody's for each batch. */
function keep(
  orders: number,
  options: { keep?: "all"; findings?: (orderIds: readonly string[]) => readonly Finding[]; ways?: number } = {},
): Kept {
  let text = "";
  const log = new KeptLog({ keep: options.keep ?? "sample", orders, seed: 1, write: (more) => (text += more) });
  for (const batch of drawnBatches(orders, 1, "")) {
    const orderIds = batch.placements.map(({ order }) => order.orderId);
    for (const variant of ["second", "first"]) {
      const owned = orderIds.map((orderId) => ({ orderId, text: lineOf(variant, orderId) }));
      const paths = orderIds.map(
        (id) => [id, [`way ${Number(id.slice("order-".length)) % (options.ways ?? 2)}`]] as const,
      );
      log.add(variant, {
        lines: [{ orderId: undefined, text: lineOf(variant) }, ...owned],
        paths: new Map(paths),
      });
    }
    log.judged(batch, options.findings?.(orderIds) ?? []);
  }
  log.end();
  const parsed = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { type?: string; variant: string; orderId?: string });
  const totals = parsed.filter(({ type }) => type === "PathTotal") as unknown as PathTotal[];
  const lines = parsed.filter(({ type }) => type === undefined);
  const owners = (variant: string) =>
    lines.flatMap((line) => (line.variant === variant && line.orderId !== undefined ? [line.orderId] : []));
  return {
    lines: { first: owners("first"), second: owners("second") },
    unowned: lines.filter(({ orderId }) => orderId === undefined).length,
    totals,
  };
}

const everyTenth = (orderIds: readonly string[]): Finding[] =>
  orderIds
    .filter((id) => Number(id.slice("order-".length)) % 10 === 0)
    .map((orderId) => ({ orderId, what: "wrong", seen: {} }));

const lostStock = (orderIds: readonly string[]): Finding[] =>
  orderIds.includes("order-17") ? [{ what: "stock is not conserved", seen: {} }] : [];

const counted = (totals: readonly PathTotal[], variant: string) =>
  totals.filter((total) => total.variant === variant).reduce((sum, { orders }) => sum + orders, 0);

test("a run of up to 1,000 orders is kept whole, and so is a longer one that asks for it", () => {
  expect(keep(1_000).lines["first"]).toHaveLength(1_000);
  expect(keep(1_000).totals).toEqual([]);
  const all = keep(4_000, { keep: "all" });
  expect([all.lines["first"]?.length, all.unowned, all.totals.length]).toEqual([4_000, 500, 0]);
});

test("of a longer run the same sample is kept in every variant, and every other order is counted by its path", () => {
  const { lines, totals } = keep(20_000);
  expect(lines["first"]).toEqual(lines["second"]);
  expect(lines["first"]!.length).toBeGreaterThan(900);
  expect(lines["first"]!.length).toBeLessThan(1_100);
  expect(totals.map(({ variant, path }) => [variant, path])).toHaveLength(4);
  for (const variant of ["first", "second"]) {
    expect(counted(totals, variant) + lines[variant]!.length).toBe(20_000);
  }
});

test("an order with a finding is kept, up to 1,000 of them", () => {
  const sample = keep(20_000).lines["first"]!;
  const { lines } = keep(20_000, { findings: everyTenth });
  const kept = new Set(lines["first"]);
  const early = Array.from({ length: 1_000 }, (_, index) => `order-${10 * (index + 1)}`);
  expect(early.filter((id) => !kept.has(id))).toEqual([]);
  expect(kept.size).toBe(sample.length + 1_000);
});

test("a finding that names no order keeps its whole batch", () => {
  const kept = new Set(keep(20_000, { findings: lostStock }).lines["second"]);
  expect(Array.from({ length: 16 }, (_, index) => `order-${17 + index}`).filter((id) => !kept.has(id))).toEqual([]);
});

test("where orders go too many ways, the rare ones are counted together", () => {
  const { lines, totals } = keep(20_000, { ways: 20_000 });
  expect(totals.length).toBe(5_002);
  expect(counted(totals, "first") + lines["first"]!.length).toBe(20_000);
});
