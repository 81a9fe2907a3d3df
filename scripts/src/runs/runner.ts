import type { Batch, Outcome } from "../orders/batch.ts";

/** Runs batches through one variant, one after the other. */
export interface Runner {
  run(batch: Batch): Promise<Outcome>;
  close(): Promise<void>;
}
