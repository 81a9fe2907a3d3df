import type { StepLog } from "@ovsc/shared/variant";
import type { Batch, Outcome } from "../orders/batch.ts";

/** Runs batches through one variant, one after the other. */
export interface Runner {
  run(batch: Batch): Promise<Outcome>;
  /** What the steps logged about an order of the latest batch, in the order of time. */
  logs(orderId: string): Promise<readonly StepLog[]>;
  /** How often each fault of the plan has struck so far; nothing where none are provoked. */
  fired(): readonly number[];
  close(): Promise<void>;
}
