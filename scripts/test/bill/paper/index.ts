import type { Count } from "./count.ts";
import { dollarsOf } from "./dollars.ts";
import { inChain } from "./in-chain.ts";
import { inChoreography } from "./in-choreography.ts";
import { inDurable } from "./in-durable.ts";
import { inExpress } from "./in-express.ts";
import { inHybrid } from "./in-hybrid.ts";
import { inOrchestration } from "./in-orchestration.ts";
import { type Placing, placingsOf, rowUnitsOf } from "./placings.ts";

/** The variants that were counted on paper. */
const counts: Readonly<Record<string, (placings: readonly Placing[]) => Count>> = {
  choreography: inChoreography,
  orchestration: inOrchestration,
  chain: inChain,
  "express-sync": inExpress("express-sync"),
  "express-async": inExpress("express-async"),
  hybrid: inHybrid,
  durable: inDurable,
};
export const countedByHand = Object.keys(counts);

/** What a million orders of a scenario cost by a count on paper: US dollars, by the line of the bill. */
export function byHand(variant: string, scenario: string): Readonly<Record<string, number>> {
  const placings = placingsOf(scenario);
  return dollarsOf(counts[variant]!(placings), placings.length, rowUnitsOf(scenario));
}
