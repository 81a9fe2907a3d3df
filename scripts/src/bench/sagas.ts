import { type Happening, inOrder } from "@ovsc/local";
import { type Placement, refOf } from "@ovsc/shared";
import { stock } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import type { Deployment } from "../clouds/deployment.ts";
import { type LocalDeployment, openLocal } from "../clouds/embedded.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarios } from "../orders/scenarios.ts";
import { freshAfter } from "../runs/embedded-runner.ts";
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
const plenty = 1_000_000_000;

/** The SKU of every order here. */
const soldSku = happy.orders[0]!.sku;

/** A call that went through the AWS SDK. */
export type SdkCall = Pick<Extract<Happening, { type: "AwsCall" }>, "service" | "operation" | "input">;

/**
 * @param assembly the variant's cloud assembly
 * @returns sagas in the embedded cloud, `inFlight` at once, and the AWS calls of one: its client's and its handlers'
 */
export async function embeddedSagas(
  variant: Variant,
  assembly: string,
  inFlight: number,
): Promise<{ sagas: Work; calls: readonly SdkCall[] }> {
  const calls: SdkCall[] = [];
  let recording = false;
  const deployment = await openLocal(variant, {
    assembly,
    choices: inOrder,
    onHappening: (happening) => {
      if (recording && isSdkCall(happening)) calls.push(happening);
    },
  });
  recording = true;
  await manySagas(deployment, 1)();
  recording = false;
  return { sagas: manySagas(deployment, inFlight), calls };
}

/** Roles are the client's and the functions'; Lambda is invoked in a role's name by Step Functions alone. */
const isSdkCall = (happening: Happening): happening is Happening & { type: "AwsCall" } =>
  happening.type === "AwsCall" && happening.caller.includes(":assumed-role/") && happening.service !== "lambda";

/** Sagas without end, `inFlight` at once, in a cloud that is made as new as often as those of long runs are. */
export function manySagas(deployment: LocalDeployment, inFlight: number): Work {
  let since = freshAfter;
  return async () => {
    if (since >= freshAfter) {
      await deployment.reset();
      await stock(deployment.table, soldSku, plenty);
      since = 0;
    }
    since += inFlight;
    return runSagas(deployment, inFlight);
  };
}

/** Places so many orders at once and waits for all of them. */
export async function runSagas(deployment: Deployment, inFlight: number): Promise<number> {
  const placements = Array.from({ length: inFlight }, freshPlacement);
  for (const placement of placements) await deployment.coordination.place(placement);
  await deployment.settle(placements.map(refOf));
  await deployment.count(placements.map(refOf));
  return inFlight;
}
