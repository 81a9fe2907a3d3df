import { type Evidence, refOf } from "@ovsc/shared";
import { available, readEvidence, stock } from "@ovsc/shared/aws";
import type { Deployment } from "../clouds/deployment.ts";
import type { Batch, Outcome } from "../orders/batch.ts";

/**
 * Fills the shelf, places the orders, waits until all is quiet, and reads what they left behind.
 * @param afterEach what comes between an order and the next, such as time
 */
export async function runBatch(
  batch: Batch,
  deployment: Deployment,
  afterEach: () => Promise<void> = async () => {},
): Promise<Outcome> {
  await placeBatch(batch, deployment, afterEach);
  return readOutcome(batch, deployment);
}

/** Fills the shelf, places the orders, and waits until all is quiet. */
export async function placeBatch(
  batch: Batch,
  deployment: Deployment,
  afterEach: () => Promise<void> = async () => {},
): Promise<void> {
  await enterBatch(batch, deployment, afterEach);
  await deployment.settle(batch.placements.map(refOf));
}

/** Fills the shelf and places the orders. */
export async function enterBatch(
  batch: Batch,
  { table, coordination, pass }: Pick<Deployment, "table" | "coordination" | "pass">,
  afterEach: () => Promise<void> = async () => {},
): Promise<void> {
  for (const [sku, units] of Object.entries(batch.stock)) await stock(table, sku, units);
  for (const placement of batch.placements) {
    await coordination.place(placement);
    if (batch.hangsUp) await pass(1);
    if (batch.hangsUp) coordination.hangUp?.(refOf(placement));
    await afterEach();
  }
}

/** What a batch left behind. Nothing more will be asked about its orders. */
export async function readOutcome(batch: Batch, deployment: Deployment): Promise<Outcome> {
  const { table, coordination } = deployment;
  const placed = batch.placements.map(refOf);
  const evidence: Evidence[] = [];
  for (const each of placed) evidence.push(await readEvidence(table, each));
  const shelf: [sku: string, units: number][] = [];
  for (const sku of Object.keys(batch.stock)) shelf.push([sku, await available(table, sku)]);
  return {
    evidence,
    endings: await Promise.all(placed.map((each) => coordination.ending(each))),
    published: await Promise.all(placed.map((each) => coordination.published(each))),
    deadLetters: (await coordination.deadLetters(placed.map(({ orderId }) => orderId))).length,
    shelf: Object.fromEntries(shelf),
    sweeps: await deployment.sweeps(placed),
    counts: await deployment.count(placed),
  };
}
