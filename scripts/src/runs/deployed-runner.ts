import { openRemote } from "../clouds/deployed.ts";
import type { Remote } from "../clouds/target.ts";
import type { Variant } from "../variant.ts";
import { runBatch } from "./run-batch.ts";
import type { Runner } from "./runner.ts";

/** Runs batches through a variant that is deployed. */
export async function remoteRunner(variant: Variant, target: Remote): Promise<Runner> {
  const deployment = await openRemote(variant, target);
  return { run: (batch) => runBatch(batch, deployment), close: () => deployment.close() };
}
