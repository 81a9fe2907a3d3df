import type { Profile } from "@ovsc/shared";
import type { Difference, Variant } from "@ovsc/shared/variant";
import type { FaultPlan } from "../faults/plan.ts";
import type { Outcome } from "../orders/batch.ts";
import { declaredFor, happened, isCertain } from "./declared.ts";
import type { Finding } from "./judge.ts";

/** The differences of each variant that apply to a batch, by its name. */
export type Differing = Readonly<Record<string, readonly Difference[]>>;

/** What the variants of a run declare, and what of it happened. */
export class Declarations {
  readonly #variants: readonly Variant[];
  readonly #profile: Profile;
  readonly #applied = new Map<string, Set<Difference>>();
  readonly #happened = new Map<string, Set<Difference>>();

  /** @param variants the first is what the others are held against */
  constructor(variants: readonly Variant[], profile: Profile) {
    this.#variants = variants;
    this.#profile = profile;
  }

  /**
   * What the variants declare for a batch.
   * @param struck the faults that struck in a variant, by its name
   */
  of(scenario: string, struck: (variant: string) => FaultPlan): Differing {
    const declared = this.#variants.map((variant) => {
      const befell = { scenario, faults: struck(variant.name), profile: this.#profile };
      const differences = declaredFor(variant, befell);
      added(
        this.#applied,
        variant.name,
        differences.filter((each) => isCertain(each, befell)),
      );
      return [variant.name, differences] as const;
    });
    return Object.fromEntries(declared);
  }

  /** Takes note of what of it happened. @returns the variants in which any did */
  note(outcomes: Readonly<Record<string, Outcome>>, differing: Differing): string[] {
    const [first, ...others] = Object.entries(outcomes);
    return others.flatMap(([name, outcome]) => {
      const those = happened(first![1], outcome, differing[name] ?? []);
      added(this.#happened, name, those);
      return those.length > 0 ? [name] : [];
    });
  }

  /** Differences that were declared for what befell some order, and did not happen to any: a finding for each. */
  outdated(): Finding[] {
    const [, ...others] = this.#variants;
    return others.flatMap(({ name }) =>
      [...(this.#applied.get(name) ?? [])]
        .filter((difference) => !this.#happened.get(name)?.has(difference))
        .map((difference) => ({ what: `declares a difference that does not happen`, seen: { [name]: difference } })),
    );
  }
}

function added(sets: Map<string, Set<Difference>>, name: string, differences: readonly Difference[]): void {
  const set = sets.get(name) ?? new Set();
  sets.set(name, set);
  for (const each of differences) set.add(each);
}
