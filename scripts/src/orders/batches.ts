import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Order, OrderRequest, Placement } from "@ovsc/shared";
import type { Batch } from "./batch.ts";
import { drawOrders, stockFor } from "./draw-orders.ts";
import type { OrderLine } from "./orders-file.ts";
import type { Scenario } from "./scenarios.ts";

/** How many orders are under way at once in a long run. */
export const inFlight = 16;

const longestOrderId = 64;

/** An orderId with the suffix of this run, cut to length where it must be, and still one for each. */
export function fresh(orderId: string, suffix: string): string {
  if (orderId.length + suffix.length <= longestOrderId) return orderId + suffix;
  const digest = createHash("sha256").update(orderId).digest("hex").slice(0, 12);
  return `${orderId.slice(0, longestOrderId - suffix.length - digest.length)}${digest}${suffix}`;
}

/**
 * A placement whose id is made of the order's, so that a run repeats. A client makes his own, which nobody can guess.
 * @param by who places it: the same client places the same order under the same id
 */
const placementOf = (order: Order, by: string): Placement => ({ placementId: fresh(order.orderId, `-${by}`), order });

/** A scenario's orders under ids of their own, so that scenarios can share a table and run again and again. */
export function batchOf(
  { name, stock, orders, placedBy = [], ends, cause, interchangeable = false, hangsUp }: Scenario,
  suffix: string,
): Batch {
  return {
    name,
    stock,
    ends,
    ...(cause && { cause }),
    interchangeable,
    ...(hangsUp && { hangsUp }),
    placements: orders.map((order, index) =>
      placementOf({ ...order, orderId: fresh(`${name}-${order.orderId}`, suffix) }, placedBy[index] ?? "client"),
    ),
  };
}

/** `count` orders drawn by `seed`, so many at a time. */
export function* drawnBatches(count: number, seed: number, suffix: string): Generator<Batch> {
  const drawn = drawOrders(seed);
  for (let done = 0; done < count; done += inFlight) {
    const orders = Array.from({ length: Math.min(inFlight, count - done) }, () => drawn.next().value);
    yield shelved(orders.map((order) => ({ ...order, orderId: fresh(order.orderId, suffix) })));
  }
}

/** A line of a file that is not run: malformed, or its orderId stands for another order. */
export type RefusedLine = Extract<OrderLine, { error: string }>;

/** Splits the lines of a file into orders to run and lines that are refused, before anything is written. */
export function acceptLines(lines: readonly OrderLine[]): { orders: OrderRequest[]; refused: RefusedLine[] } {
  const orders: OrderRequest[] = [];
  const refused: RefusedLine[] = [];
  const seen = new Map<string, { line: number; order: OrderRequest }>();
  for (const each of lines) {
    if ("error" in each) {
      refused.push(each);
      continue;
    }
    const { line, order } = each;
    const orderId = order.orderId ?? `line-${line}`;
    const before = seen.get(orderId);
    if (before && !isDeepStrictEqual(before.order, order)) {
      const issues = [{ field: "orderId", message: `${orderId} is another order, on line ${before.line}` }];
      refused.push({ line, error: "InvalidOrder", issues });
      continue;
    }
    seen.set(orderId, { line, order });
    orders.push({ ...order, orderId });
  }
  return { orders, refused };
}

/** Orders from a file, so many at a time. An order that is submitted again goes with its first submission. */
export function* fileBatches(orders: readonly OrderRequest[], suffix: string): Generator<Batch> {
  const submissions = Map.groupBy(orders, ({ orderId }) => orderId!);
  let batch: Order[] = [];
  for (const [orderId, same] of submissions) {
    batch.push(...same.map((order) => ({ ...order, orderId: fresh(orderId, suffix) })));
    if (batch.length < inFlight) continue;
    yield shelved(batch);
    batch = [];
  }
  if (batch.length > 0) yield shelved(batch);
}

const shelved = (orders: readonly Order[]): Batch => ({
  name: "orders",
  placements: orders.map((order) => placementOf(order, "client")),
  stock: stockFor(orders),
});
