import { inOrder } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { openLocal } from "../clouds/embedded.ts";
import { synthesize, synthesizeThin } from "../clouds/synthesize.ts";
import { manySagas } from "./sagas.ts";
import { inTurns, type Pace, type Turns } from "./spread.ts";

/** Sagas of the exploration lane against those of the deployed bundle, `inFlight` at once. */
export async function laneRates(variant: Variant, inFlight: number, pace: Pace): Promise<Turns> {
  const deployed = await sagasOn(variant, await synthesize(variant), false, inFlight);
  const thin = await sagasOn(variant, await synthesizeThin(variant), true, inFlight);
  return inTurns(thin, deployed, pace);
}

async function sagasOn(variant: Variant, assembly: string, thin: boolean, inFlight: number) {
  const deployment = await openLocal(variant, { assembly, thin, choices: inOrder });
  return manySagas(deployment, inFlight);
}
