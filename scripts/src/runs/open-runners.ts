import type { Profile } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import type { TargetCloud } from "../clouds/target.ts";
import type { FaultPlan } from "../faults/plan.ts";
import { embeddedRunner } from "./embedded-runner.ts";
import type { BatchLog } from "./log/batch-log.ts";
import type { Runner } from "./runner.ts";

export interface RunnerOptions {
  /** Of delivery order and jitter, when embedded; none for everything in order. */
  readonly seed: number | undefined;
  /** To provoke, when embedded. */
  readonly faults: FaultPlan;
  readonly profile: Profile;
  /** Hears what happened in a variant, batch by batch; nothing of a deployed cloud. */
  readonly onLog: (variant: string, log: BatchLog) => void;
}

/**
 * All variants, ready to run: each in a thread of its own when embedded, as they are deployed elsewhere.
 * @returns them by name, in the order they were given
 */
export async function openRunners(
  variants: readonly Variant[],
  target: TargetCloud,
  { seed, profile, faults, onLog }: RunnerOptions,
): Promise<Record<string, Runner>> {
  if (target.kind === "local") {
    const open = ({ name, module }: Variant) =>
      embeddedRunner({ module, profile, seed, faults, beganMs: Date.now() }, (log) => onLog(name, log));
    return Object.fromEntries(variants.map((variant) => [variant.name, open(variant)]));
  }
  // A short embedded run would rather not load what only a deployed target needs.
  const { deployedRunner } = await import("./deployed-runner.ts");
  const runners: [string, Runner][] = [];
  for (const variant of variants) runners.push([variant.name, await deployedRunner(variant, target, profile)]);
  return Object.fromEntries(runners);
}
