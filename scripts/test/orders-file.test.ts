import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Failure } from "../src/failure.ts";
import { acceptLines, drawnBatches, fileBatches, fresh } from "../src/orders/batches.ts";
import { readOrder, readOrders } from "../src/orders/orders-file.ts";

const sample = fileURLToPath(new URL("../orders.ndjson", import.meta.url));
const [first] = readFileSync(sample, "utf8").split("\n");
const order = JSON.parse(first!) as Record<string, unknown>;

async function linesOf(text: string) {
  const file = join(mkdtempSync(join(tmpdir(), "orders-")), "orders.ndjson");
  writeFileSync(file, text);
  return acceptLines(await Array.fromAsync(readOrders(file)));
}

describe("a file of orders", () => {
  test("ships with the repository, and every line of it is an order", async () => {
    const { orders, refused } = acceptLines(await Array.fromAsync(readOrders(sample)));
    expect(refused).toEqual([]);
    expect(orders.length).toBeGreaterThan(10);
  });

  test.each([
    ["not JSON", "{", ["(order)"]],
    ["a negative amount", JSON.stringify({ ...order, totalCents: -5 }), ["totalCents"]],
    ["an unknown currency", JSON.stringify({ ...order, currency: "XXX" }), ["currency"]],
    ["a megabyte of text", JSON.stringify({ ...order, sku: "x".repeat(1 << 20) }), ["sku"]],
    ["a prototype key", `{"__proto__": {"admin": true}, ${first!.slice(1)}`, ["__proto__"]],
  ])("refuses a line with %s, by the name of the field", (_what, text, fields) => {
    const read = readOrder(text);
    expect("issues" in read && read.issues.map(({ field }) => field)).toEqual(fields);
  });

  test("names the line of what it refuses, and runs the rest", async () => {
    const { orders, refused } = await linesOf(
      `${first}\n\nnot an order\n${JSON.stringify({ ...order, orderId: "other" })}\n`,
    );
    expect(refused.map(({ line, error }) => [line, error])).toEqual([[3, "InvalidOrder"]]);
    expect(orders.map(({ orderId }) => orderId)).toEqual([order["orderId"], "other"]);
  });

  test("takes the same order twice, and refuses another under its orderId", async () => {
    const { orders, refused } = await linesOf(`${first}\n${first}\n${JSON.stringify({ ...order, quantity: 7 })}\n`);
    expect(orders).toHaveLength(2);
    expect(refused).toMatchObject([{ line: 3, issues: [{ field: "orderId" }] }]);
    expect([...fileBatches(orders, "")]).toHaveLength(1);
  });

  test("gives an order without an orderId one of its own", async () => {
    const { orderId: _orderId, ...anonymous } = order;
    const { orders } = await linesOf(`${JSON.stringify(anonymous)}\n${JSON.stringify(anonymous)}`);
    expect(orders.map(({ orderId }) => orderId)).toEqual(["line-1", "line-2"]);
  });

  test("gives each order an id of its own for a run, no longer than an orderId may be", () => {
    const long = ["a", "b"].map((last) => fresh("x".repeat(63) + last, "-run"));
    expect(long.map((id) => id.length)).toEqual([64, 64]);
    expect(new Set(long).size).toBe(2);
    expect(fresh("order-1", "-run")).toBe("order-1-run");
  });

  test("that cannot be read is an error of use", async () => {
    await expect(Array.fromAsync(readOrders("/nowhere/orders.ndjson"))).rejects.toThrow(Failure);
  });
});

describe("drawn orders", () => {
  test("are the same for the same seed, and others for another", () => {
    const [one, again, other] = [1, 1, 2].map((seed) => JSON.stringify([...drawnBatches(100, seed, "")]));
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  test("are as many as were asked for, and find all they want on the shelf unless it is sold out", () => {
    const batches = [...drawnBatches(100, 3, "")];
    expect(batches.flatMap(({ placements }) => placements)).toHaveLength(100);
    for (const { placements, stock } of batches) {
      const orders = placements.map((each) => each.order);
      for (const sku of Object.keys(stock)) {
        const wanted = orders.filter((each) => each.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0);
        expect(stock[sku]).toBe(sku.startsWith("SOLD-OUT") ? 0 : wanted);
      }
    }
  });
});
