import { inOrder, seeded } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { openLocal } from "../clouds/embedded.ts";
import { Injection } from "../faults/injection.ts";
import { type Finding, judge, type Law } from "../judgement/judge.ts";
import { parityRules, rules } from "../judgement/rules.ts";
import type { Batch } from "../orders/batch.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarios } from "../orders/scenarios.ts";
import { runBatch } from "../runs/run-batch.ts";
import type { Story } from "./weakening.ts";

/** What a story came to in one variant. */
export interface Replayed {
  readonly findings: readonly Finding[];
  /** How often each fault of the story struck. */
  readonly fired: readonly number[];
}

/**
 * Lives a story through in a new embedded cloud.
 * @param assembly of the variant, with the thin SDK
 */
export async function replay(variant: Variant, assembly: string, story: Story): Promise<Replayed> {
  const { faults = [], seed, duplicates = false, sweeper } = story;
  const injection = new Injection(faults);
  const choices = seed === undefined ? inOrder : seeded(seed);
  const how = { choices, duplicates, faults: injection, sweeper: sweeper ? "on" : "off" } as const;
  const deployment = await openLocal(variant, { assembly, thin: true, ...how });
  const law = sweeper === "acts" ? lawUnderSweeps : undefined;
  const batch = batchIn(story);
  const outcome = await runBatch(batch, deployment);
  return { findings: judge(batch, { [variant.name]: outcome }, law).findings, fired: injection.fired };
}

/** What takes the sweeper is not within the retries' budget, and must not be. */
const lawUnderSweeps: Law = { rules: rules.filter(({ id }) => id !== "no-sweeps"), parityRules };

function batchIn({ scenario, ends }: Story): Batch {
  const { cause, ...batch } = batchOf(
    scenarios.find(({ name }) => name === scenario)!,
    "",
  );
  // A scenario's cause goes with its end.
  return ends ? { ...batch, ends } : { ...batch, ...(cause && { cause }) };
}
