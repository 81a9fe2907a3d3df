import type { Profile } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { synthesizeWithoutCode, templateOf } from "../clouds/synthesize.ts";
import type { Scenario } from "../orders/scenarios.ts";
import type { Measured } from "./bill.ts";
import { factsOf } from "./facts.ts";
import { Meter } from "./meter.ts";
import type { Metered } from "./metered.ts";

/** Runs these scenarios through a variant's embedded cloud, one after the other, and reads its template. */
export async function measure(
  variant: Variant,
  scenarios: Iterable<Scenario>,
  profile: Profile = "equal",
): Promise<Measured> {
  const facts = factsOf(templateOf(variant, await synthesizeWithoutCode(variant, { profile })), variant.stackName);
  const meter = await Meter.open(variant, { profile, archivedSources: facts.archive?.sources ?? [] });
  const tick = facts.tickSeconds === undefined ? undefined : await meter.idle(facts.tickSeconds);
  const metered = new Map<string, Metered>();
  for (const scenario of scenarios) metered.set(scenario.name, await meter.run(scenario));
  return { variant: variant.name, facts, scenarios: metered, tick };
}
