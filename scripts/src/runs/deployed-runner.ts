import type { Variant } from "@ovsc/shared/variant";
import { openRemote } from "../clouds/deployed.ts";
import type { Remote } from "../clouds/target.ts";
import { runBatch } from "./run-batch.ts";
import type { Runner } from "./runner.ts";

/** Runs batches through a variant that is deployed. */
export async function deployedRunner(variant: Variant, target: Remote): Promise<Runner> {
  const deployment = await openRemote(variant, target);
  return {
    run: (batch) => runBatch(batch, deployment),
    logs: (orderId) => deployment.logs(orderId),
    close: () => deployment.close(),
  };
}
