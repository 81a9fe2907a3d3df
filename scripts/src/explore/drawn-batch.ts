import { seeded } from "@ovsc/local";
import type { Batch } from "../orders/batch.ts";
import { drawOrders } from "../orders/draw-orders.ts";
import { seedOf } from "./search.ts";

/**
 * The orders of one drawn run: up to so many, all of one SKU, of which there may be too little; now and then two share
 * an orderId, or one is placed twice.
 */
export function drawnBatch(seed: number, run: number, most: number): Batch {
  const choices = seeded(seedOf(seed, run) ^ 0x5bd1e995);
  const upTo = (count: number): number => choices.choose(count, "batch");
  const orders = drawOrders(seedOf(seed, run));
  const count = 1 + upTo(most);
  const placements = Array.from({ length: count }, (_, index) => {
    const order = { ...orders.next().value, sku: "TEAPOT" };
    // The first order's id, for another order or for the same.
    const isShared = index > 0 && upTo(8) === 0;
    return { placementId: `placement-${index + 1}`, order: isShared ? { ...order, orderId: "order-1" } : order };
  });
  if (count > 1 && upTo(8) === 0) placements[count - 1] = placements[0]!;
  const wanted = placements.reduce((sum, { order }) => sum + order.quantity, 0);
  return { name: "drawn", stock: { TEAPOT: upTo(3) === 0 ? Math.ceil(wanted / 2) : wanted }, placements };
}
