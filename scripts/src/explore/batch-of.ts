import type { Batch } from "../orders/batch.ts";
import { drawnBatch } from "./drawn-batch.ts";
import type { StoredSchedule } from "./schedule.ts";
import { batchIn } from "./scope.ts";

/** The orders that a schedule is about: a scenario's, or those of a drawn run. */
export const batchOf = (orders: StoredSchedule["orders"]): Batch =>
  "scenario" in orders ? batchIn(orders.scenario) : drawnBatch(orders.seed, orders.run, orders.most);
