import { type AwsCall, type AwsCallFault, type Choices, type Faults, type Happening, inOrder } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { type LocalDeployment, openLocal } from "../../src/clouds/embedded.ts";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import type { Finding } from "../../src/judgement/judge.ts";
import { pair } from "../../src/variants.ts";

/** Something that a build must do, in parts that stand each alone. */
export interface Behaviour {
  readonly name: string;
  readonly parts: () => AsyncIterable<Part> | Iterable<Part>;
}

export interface Part {
  /** The same in every build. */
  readonly name: string;
  /** @returns what the build does otherwise than it must, as sentences */
  readonly wrong: () => Promise<readonly string[]> | readonly string[];
}

export type OnAwsCall = (call: AwsCall) => AwsCallFault | undefined;

export interface Setting {
  readonly choices?: Choices;
  readonly duplicates?: boolean;
  readonly onAwsCall?: OnAwsCall;
  readonly faults?: Faults;
  readonly onHappening?: (happening: Happening) => void;
  readonly sweeper?: "on" | "off";
}

/** A variant in a cloud of its own, with the thin SDK, in which what dies begins again with what it had loaded. */
export async function open(variant: Variant, { onAwsCall, ...how }: Setting = {}): Promise<LocalDeployment> {
  return openLocal(variant, {
    assembly: await synthesizeThin(variant),
    thin: true,
    repeatable: true,
    choices: inOrder,
    ...(onAwsCall && { faults: { onAwsCall } }),
    ...how,
  });
}

/** A cloud for each variant, which is opened when it is first asked for. */
export function openedOnce<Opened>(opens: (variant: Variant) => Promise<Opened>) {
  const opened = new Map<string, Promise<Opened>>();
  return (variant: Variant): Promise<Opened> => {
    const known = opened.get(variant.name) ?? opens(variant);
    opened.set(variant.name, known);
    return known;
  };
}

/** The parts of each variant of the pair, under its name. */
export const ofEachVariant = (partsOf: (variant: Variant) => readonly Part[]): Part[] =>
  pair.flatMap((variant) => partsOf(variant).map(({ name, wrong }) => ({ name: `${variant.name}, ${name}`, wrong })));

export const inWords = (findings: readonly Finding[]): string[] => findings.map(({ what }) => what);
