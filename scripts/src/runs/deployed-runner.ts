import { type PlacementRef, type Profile, refOf } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { openRemote } from "../clouds/deployed.ts";
import type { Remote } from "../clouds/target.ts";
import { runBatch } from "./run-batch.ts";
import type { Runner } from "./runner.ts";

/** Runs batches through a variant that is deployed. */
export async function deployedRunner(variant: Variant, target: Remote, profile: Profile): Promise<Runner> {
  const deployment = await openRemote(variant, target, { profile });
  let latest = new Map<string, PlacementRef>();
  return {
    run(batch) {
      latest = new Map(batch.placements.map((each) => [each.placementId, refOf(each)]));
      return runBatch(batch, deployment);
    },
    async logs(orderId) {
      const placed = [...latest.values()].filter((each) => each.orderId === orderId);
      return (await Promise.all(placed.map((each) => deployment.logs(each)))).flat();
    },
    fired: () => [],
    close: () => deployment.close(),
  };
}
