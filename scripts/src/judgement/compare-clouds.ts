import { inOrder } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { openRemote } from "../clouds/deployed.ts";
import type { Deployment } from "../clouds/deployment.ts";
import { openLocal } from "../clouds/embedded.ts";
import { synthesize } from "../clouds/synthesize.ts";
import type { Remote } from "../clouds/target.ts";
import { batchOf } from "../orders/batches.ts";
import { type Scenario, scenarios } from "../orders/scenarios.ts";
import { runBatch } from "../runs/run-batch.ts";
import { declaredFor } from "./declared.ts";
import { differences, withoutIdentity } from "./differences.ts";
import { judge, wholeLaw } from "./judge.ts";
import { type Observation, observe } from "./observation.ts";

/** Something that the embedded cloud and a deployed one do not agree on, or that is wrong in one of them. */
export interface CloudFinding {
  readonly variant: string;
  readonly scenario: string;
  readonly what: string;
  readonly embedded: unknown;
  readonly deployed: unknown;
  /** Why that is as it must be; none for something that somebody has to look into. */
  readonly because?: string;
}

/**
 * Runs each scenario in the embedded cloud and in a deployed one, judges both, and compares row, ledgers, history,
 * events, invocations and dead letters.
 * @param onScenario hears of each scenario that is done
 */
export async function compareClouds(
  variants: readonly Variant[],
  target: Remote,
  suffix: string,
  onScenario: (variant: Variant, scenario: Scenario) => void,
): Promise<CloudFinding[]> {
  const found: CloudFinding[] = [];
  for (const variant of variants) {
    const deployed = await openRemote(variant, target);
    const assembly = await synthesize(variant);
    const embedded = await openLocal(variant, { assembly, choices: inOrder, keepLogs: true });
    for (const scenario of scenarios) {
      found.push(...(await compareScenario(scenario, suffix, { deployed, embedded })));
      onScenario(variant, scenario);
    }
    await deployed.close();
    await embedded.close();
  }
  return found;
}

async function compareScenario(
  scenario: Scenario,
  suffix: string,
  { deployed, embedded }: Readonly<Record<"deployed" | "embedded", Deployment>>,
): Promise<CloudFinding[]> {
  const { variant } = embedded;
  const batch = batchOf(scenario, suffix);
  const outcomes = { deployed: await runBatch(batch, deployed), embedded: await runBatch(batch, embedded) };
  const view = (all: readonly Observation[]) =>
    scenario.interchangeable ? withoutIdentity(all, ({ evidence }) => evidence) : all;
  const here = view(await observe(outcomes.embedded.evidence, embedded));
  const there = view(await observe(outcomes.deployed.evidence, deployed));
  const about = { variant: variant.name, scenario: scenario.name };
  const declared = declaredFor(variant, { scenario: scenario.name, faults: [], profile: "equal" });
  const wrong = Object.entries(outcomes).flatMap(([cloud, outcome]) =>
    judge(batch, { [cloud]: outcome }, { ...wholeLaw, differing: { [cloud]: declared } }).findings.map(
      ({ what, seen }) => ({
        ...about,
        what,
        embedded: seen["embedded"],
        deployed: seen["deployed"],
      }),
    ),
  );
  return [
    ...wrong,
    ...differences(here, there).map(({ what, left, right }) => {
      const excuse = variant.cloudsMayDiffer?.find((each) => each.scenario === scenario.name && each.field.test(what));
      return { ...about, what, embedded: left, deployed: right, ...(excuse && { because: excuse.because }) };
    }),
  ];
}
