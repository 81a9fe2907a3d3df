import { inOrder } from "@ovsc/local";
import { stock } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { openLocal } from "../clouds/embedded.ts";
import { synthesize, synthesizeThin } from "../clouds/synthesize.ts";
import { plenty, runSagas, soldSku } from "./sagas.ts";

/** A figure measured several times: the median, the least and the most. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export interface LaneRates {
  /** Sagas of the exploration lane, per second of one core's time. */
  readonly thin: Spread;
  /** Sagas of the deployed bundle, per second of one core's time. */
  readonly deployed: Spread;
  /** The one divided by the other, window by window. */
  readonly ratio: Spread;
}

const windows = 7;
const windowMs = 600;

/**
 * The exploration lane against the deployed bundle, `inFlight` sagas at once. They take turns, and time is what the
 * process got of the cores, so that what else the machine does meanwhile changes little.
 */
export async function laneRates(variant: Variant, inFlight: number): Promise<LaneRates> {
  const deployed = await sagasOn(variant, await synthesize(variant), false, inFlight);
  const thin = await sagasOn(variant, await synthesizeThin(variant), true, inFlight);
  for (const warmUp of [deployed, thin]) await perCoreSecond(warmUp);
  const pairs: { deployed: number; thin: number }[] = [];
  for (let done = 0; done < windows; done += 1) {
    pairs.push({ deployed: await perCoreSecond(deployed), thin: await perCoreSecond(thin) });
  }
  return {
    thin: spread(pairs.map((pair) => pair.thin)),
    deployed: spread(pairs.map((pair) => pair.deployed)),
    ratio: spread(pairs.map((pair) => pair.thin / pair.deployed)),
  };
}

async function sagasOn(variant: Variant, assembly: string, thin: boolean, inFlight: number) {
  const deployment = await openLocal(variant, { assembly, thin, choices: inOrder });
  await stock(deployment.table, soldSku, plenty);
  return () => runSagas(deployment, inFlight);
}

async function perCoreSecond(many: () => Promise<number>): Promise<number> {
  const begun = process.cpuUsage();
  let [done, takenMs] = [0, 0];
  while (takenMs < windowMs) {
    done += await many();
    const { user, system } = process.cpuUsage(begun);
    takenMs = (user + system) / 1000;
  }
  return (1000 * done) / takenMs;
}

function spread(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, least: sorted[0]!, most: sorted.at(-1)! };
}
