import { type Batch, type Outcome, runBatch } from "./batch.ts";
import type { Deployment } from "./deployment.ts";

/** Runs batches through one variant, one after the other. */
export interface Runner {
  run(batch: Batch): Promise<Outcome>;
  close(): Promise<void>;
}

/** Runs batches through a deployment that is there already. */
export const runnerOf = (deployment: Deployment): Runner => ({
  run: (batch) => runBatch(batch, deployment),
  close: () => deployment.close(),
});
