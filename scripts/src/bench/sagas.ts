import { type AwsCall, inOrder } from "@ovsc/local";
import { type Placement, refOf } from "@ovsc/shared";
import { stock } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import type { Deployment } from "../clouds/deployment.ts";
import { openLocal } from "../clouds/embedded.ts";
import { synthesize } from "../clouds/synthesize.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarios } from "../orders/scenarios.ts";
import type { Work } from "./spread.ts";

const happy = scenarios.find(({ name }) => name === "happy")!;
/** A deployed table remembers the orders of earlier runs. */
const run = Date.now().toString(36);
let placed = 0;

/** A placement of an order that ships, under ids of its own. */
export function freshPlacement(): Placement {
  placed += 1;
  return batchOf(happy, `-${run}-${placed}`).placements[0]!;
}

/** Units on the shelf, more than any run sells. */
export const plenty = 1_000_000_000;

/** The SKU of every order here. */
export const soldSku = happy.orders[0]!.sku;

/** @returns sagas in the embedded cloud, `inFlight` at once, and the AWS calls that the handlers of one make */
export async function embeddedSagas(
  variant: Variant,
  inFlight: number,
): Promise<{ sagas: Work; calls: readonly AwsCall[] }> {
  const calls: AwsCall[] = [];
  let recording = true;
  const onAwsCall = (call: AwsCall) => {
    if (recording) calls.push(call);
    return undefined;
  };
  const deployment = await openLocal(variant, {
    assembly: await synthesize(variant),
    choices: inOrder,
    faults: { onAwsCall },
  });
  await stock(deployment.table, soldSku, plenty);
  await runSagas(deployment, 1);
  recording = false;
  return { sagas: () => runSagas(deployment, inFlight), calls };
}

/** Places so many orders at once and waits for all of them. */
export async function runSagas(deployment: Deployment, inFlight: number): Promise<number> {
  const placements = Array.from({ length: inFlight }, freshPlacement);
  for (const placement of placements) await deployment.coordination.place(placement);
  await deployment.settle(placements.map(refOf));
  await deployment.count(placements.map(refOf));
  return inFlight;
}
