import { openRemote } from "./remote-deployment.ts";
import { runBatch } from "./run-batch.ts";
import type { Runner } from "./runner.ts";
import type { Remote } from "./target.ts";
import type { Variant } from "./variant.ts";

/** Runs batches through a variant that is deployed. */
export async function remoteRunner(variant: Variant, target: Remote): Promise<Runner> {
  const deployment = await openRemote(variant, target);
  return { run: (batch) => runBatch(batch, deployment), close: () => deployment.close() };
}
