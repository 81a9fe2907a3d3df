import type { Evidence } from "@ovsc/shared";
import { available, readEvidence, stock } from "@ovsc/shared/aws";
import type { Deployment } from "../clouds/deployment.ts";
import type { Batch, Outcome } from "../orders/batch.ts";

/** Fills the shelf, submits the orders, waits until all is quiet, and reads what they left behind. */
export async function runBatch(batch: Batch, deployment: Deployment): Promise<Outcome> {
  const { table, coordination } = deployment;
  const orderIds = batch.orders.map(({ orderId }) => orderId);
  for (const [sku, units] of Object.entries(batch.stock)) await stock(table, sku, units);
  for (const order of batch.orders) await coordination.place(order);
  await deployment.settle(orderIds);
  const evidence: Evidence[] = [];
  for (const orderId of orderIds) evidence.push(await readEvidence(table, orderId));
  const shelf: [sku: string, units: number][] = [];
  for (const sku of Object.keys(batch.stock)) shelf.push([sku, await available(table, sku)]);
  return {
    evidence,
    endings: await Promise.all(orderIds.map((orderId) => coordination.ending(orderId))),
    published: await Promise.all(orderIds.map((orderId) => coordination.published(orderId))),
    deadLetters: (await coordination.deadLetters(orderIds)).length,
    shelf: Object.fromEntries(shelf),
    counts: await deployment.count(orderIds),
  };
}
