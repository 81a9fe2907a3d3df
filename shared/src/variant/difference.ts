import type { EndingName } from "../endings.ts";
import type { Profile } from "../retry-budget.ts";
import type { StepName } from "../steps/step-names.ts";
import type { Dependency } from "./dependencies.ts";

/**
 * What befalls an order so that it may end otherwise than in the variant that the others are held against, and must at
 * least once: a difference that no longer happens is taken out. Effects and money are never among what may differ, nor
 * is an order that nobody brings to an end.
 */
export type Difference = Befalls & {
  /** How such an order may end here, the sweeper's work included. */
  readonly ends: readonly EndingName[];
  /** Whether it takes the sweeper to come to that end. */
  readonly swept?: true;
  /** The retries under which it happens; any if not given. */
  readonly profile?: Profile;
  /** Why that must be so. */
  readonly because: string;
  /** The page of AWS that it follows from, and when it was read. */
  readonly source: string;
};

type Befalls = { readonly scenarios: readonly string[] } | FaultClass | Kept;

/** Faults, whichever, whose retries keep an order for so long. */
interface Kept {
  readonly keptSeconds: number;
}

/** A class of faults, in the words of a fault plan. What is not given may be anything. */
export interface FaultClass {
  readonly kinds: readonly string[];
  readonly dependencies?: readonly Dependency[];
  readonly steps?: readonly StepName[];
  /** Faults that strike so often, or for so many seconds, and those that strike longer. */
  readonly atLeast?: { readonly attempts: number; readonly seconds: number };
}
