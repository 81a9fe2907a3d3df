import { inOrder } from "@ovsc/local";
import { openRemote } from "../clouds/deployed.ts";
import { openLocal } from "../clouds/embedded.ts";
import { synthesize } from "../clouds/synthesize.ts";
import type { Remote } from "../clouds/target.ts";
import { batchOf } from "../orders/batches.ts";
import { type Scenario, scenarios } from "../orders/scenarios.ts";
import { type Variant, variants } from "../variant.ts";
import { differences, withoutIdentity } from "./differences.ts";
import { type Observation, observe } from "./observation.ts";

/** Something that the embedded cloud and a deployed one do not agree on. */
export interface CloudDifference {
  readonly variant: Variant;
  readonly scenario: string;
  readonly what: string;
  readonly embedded: unknown;
  readonly deployed: unknown;
  /** Why that is as it must be; none for a difference that somebody has to look into. */
  readonly because?: string;
}

/** Differences that both clouds are entitled to. They stand in FIDELITY.md too. */
const expected: readonly {
  readonly scenario: string;
  readonly variant: Variant;
  readonly field: RegExp;
  readonly because: string;
}[] = [
  {
    scenario: "submitted-twice",
    variant: "choreography",
    field: /^\d+\.(invocations|events)/,
    because: "the second submission finds the order as far as the first has come by then, which no cloud promises",
  },
];

/**
 * Runs each scenario in the embedded cloud and in a deployed one, and compares row, ledgers, history, events,
 * invocations and dead letters.
 * @param onScenario hears of each scenario that is done
 */
export async function differential(
  target: Remote,
  suffix: string,
  onScenario: (variant: Variant, scenario: Scenario) => void,
): Promise<CloudDifference[]> {
  const found: CloudDifference[] = [];
  for (const variant of variants) {
    const deployed = await openRemote(variant, target);
    const embedded = await openLocal(variant, {
      assembly: await synthesize(variant),
      choices: inOrder,
      keepLogs: true,
    });
    for (const scenario of scenarios) {
      const batch = batchOf(scenario, suffix);
      const there = await observe(batch, deployed);
      const here = await observe(batch, embedded);
      const view = (all: readonly Observation[]) =>
        scenario.interchangeable ? withoutIdentity(all, ({ evidence }) => evidence) : all;
      for (const { what, left, right } of differences(view(here), view(there))) {
        const reason = expected.find(
          (each) => each.scenario === scenario.name && each.variant === variant && each.field.test(what),
        );
        found.push({
          variant,
          scenario: scenario.name,
          what,
          embedded: left,
          deployed: right,
          ...(reason && { because: reason.because }),
        });
      }
      onScenario(variant, scenario);
    }
    await deployed.close();
    await embedded.close();
  }
  return found;
}
