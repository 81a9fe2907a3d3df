import { type Choices, type Happening, inOrder } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import type { LocalDeployment, LocalOptions } from "../../src/clouds/embedded.ts";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { delegated } from "../../src/faults/delegated.ts";
import type { ListeningFaults } from "../../src/faults/injection.ts";
import { openReached, type Reached } from "../../src/runs/approvers.ts";

/** What another test sets anew in the same cloud. */
interface Now {
  faults: ListeningFaults;
  choices: Choices;
  onHappening: (happening: Happening) => void;
}
type Kind = Pick<LocalOptions, "sweeper" | "keepLogs" | "thin" | "duplicates">;

interface Warm extends Reached {
  readonly now: Now;
}
const clouds = new Map<Variant, Map<string, Promise<Warm>>>();

/**
 * A cloud with the thin bundle, as new: the one that was opened before, where there is one of its kind. Most of a short
 * test is the loading of its handlers, which then have what they loaded. Whoever opened it before is done with it.
 */
export async function openWarm(variant: Variant, options: Kind & Partial<Now> = {}): Promise<LocalDeployment> {
  return (await reachWarm(variant, options)).deployment;
}

/** The same, with the stack that the variant is connected to. */
export async function reachWarm(
  variant: Variant,
  { faults = {}, choices = inOrder, onHappening = () => {}, ...kind }: Kind & Partial<Now> = {},
): Promise<Reached> {
  const ofVariant = clouds.get(variant) ?? new Map<string, Promise<Warm>>();
  clouds.set(variant, ofVariant);
  const name = JSON.stringify([kind.sweeper, kind.keepLogs, kind.thin, kind.duplicates]);
  const opened = ofVariant.get(name) ?? open(variant, kind);
  ofVariant.set(name, opened);
  const warm = await opened;
  await warm.deployment.reset();
  Object.assign(warm.now, { faults, choices, onHappening } satisfies Now);
  return warm;
}

async function open(variant: Variant, kind: Kind): Promise<Warm> {
  const now: Now = { faults: {}, choices: inOrder, onHappening() {} };
  const reached = await openReached(variant, {
    ...kind,
    assembly: await synthesizeThin(variant),
    repeatable: true,
    choices: { choose: (optionCount, what) => now.choices.choose(optionCount, what) },
    faults: delegated(now),
    onHappening: (happening) => now.onHappening(happening),
  });
  return { now, ...reached };
}
