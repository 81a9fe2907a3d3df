import { isDeepStrictEqual } from "node:util";
import { judge } from "../../src/judgement/judge.ts";
import type { Outcome } from "../../src/orders/batch.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { type Scenario, scenarios } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { pair } from "../../src/variants.ts";
import recorded from "../../test/recorded/results.json" with { type: "json" };
import { inWords, open, openedOnce, type Part } from "./behaviour.ts";

/** Every scenario ends as it must, alike in all variants, and takes what was recorded. */
export function compared(): Part[] {
  const cloudOf = openedOnce((variant) => open(variant));
  const wrong = async (scenario: Scenario): Promise<string[]> => {
    const batch = batchOf(scenario, "");
    const outcomes: Record<string, Outcome> = {};
    for (const variant of pair) outcomes[variant.name] = await runBatch(batch, await cloudOf(variant));
    const taken = takenIn(scenario);
    return [
      ...inWords(judge(batch, outcomes).findings),
      ...Object.entries(outcomes)
        .filter(([name, { counts }]) => !isDeepStrictEqual(counts, taken[name]!.counts))
        .map(([name, { counts }]) => `the ${name} took ${JSON.stringify(counts)}`),
    ];
  };
  return scenarios.map((scenario) => ({ name: scenario.name, wrong: () => wrong(scenario) }));
}

/** What each variant takes for a scenario, as it was recorded. */
const takenIn = ({ name }: Scenario): Readonly<Record<string, { readonly counts: object }>> =>
  recorded.results.find((each) => each.name === name)!.variants;
