import { type Profile, stepNames } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { differences } from "../judgement/differences.ts";
import { type Finding, judge } from "../judgement/judge.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarios } from "../orders/scenarios.ts";
import { type Cell, cellsOf, scenarioOf } from "./cells.ts";
import type { FaultyCloud } from "./faulty-cloud.ts";
import { firedFaults, unfired } from "./fired.ts";
import { Injection } from "./injection.ts";
import { isKnown } from "./known-differences.ts";
import { endsIn, lawUnderFaults } from "./law.ts";
import type { FaultPlan } from "./plan.ts";
import { Witness } from "./witness.ts";

/** What one cell came to. */
export interface CellResult {
  readonly cell: Cell;
  /** By the name of the variant: how its order ended; nothing where the variant lacks what the fault strikes. */
  readonly ends: Readonly<Record<string, string | undefined>>;
  readonly findings: readonly Finding[];
  /** Where variants that need not end alike did not: only with retries that differ. */
  readonly differences: readonly Finding[];
}

/** Faults against variants, each in one embedded cloud. */
export class Matrix {
  readonly #clouds: readonly FaultyCloud[];
  readonly #profile: Profile;
  #runs = 0;

  /** @param profile the clouds' own. With `idiomatic` retries, a difference of ends is a result, and no finding. */
  constructor(clouds: readonly FaultyCloud[], profile: Profile = "equal") {
    this.#clouds = clouds;
    this.#profile = profile;
  }

  /** Every cell: what any variant's steps were seen to do when nothing failed, under each fault that may strike it. */
  async cells(): Promise<Cell[]> {
    const all: Cell[] = [];
    for (const step of stepNames) {
      const witnesses = this.#clouds.map((cloud) => ({ cloud, witness: new Witness() }));
      for (const { cloud, witness } of witnesses) await cloud.run(this.#batch(scenarioOf[step]), witness);
      all.push(
        ...cellsOf(
          step,
          witnesses.flatMap(({ witness }) => witness.sightings),
        ),
      );
    }
    return all;
  }

  async run(cell: Cell): Promise<CellResult> {
    const batch = this.#batch(cell.scenario);
    const outcomes: Record<string, Outcome> = {};
    const fired: Record<string, readonly number[]> = {};
    const struck = this.#clouds.filter(({ variant }) => has(variant, cell.plan));
    for (const cloud of struck) {
      const { name } = cloud.variant;
      const injection = new Injection(cell.plan);
      outcomes[name] = await cloud.run(batch, injection);
      fired[name] = injection.fired;
    }
    const variants = struck.map(({ variant }) => variant);
    const silent = unfired(firedFaults(cell.plan, variants, (name) => fired[name]!));
    const { rules: alone, parityRules: together } = lawUnderFaults;
    const isEqual = this.#profile === "equal";
    const ends = this.#clouds.map(({ variant: { name } }) => [
      name,
      outcomes[name] && endsIn(batch, outcomes[name])[0]?.status,
    ]);
    return {
      cell,
      ends: Object.fromEntries(ends) as CellResult["ends"],
      findings: [
        ...(isEqual ? silent : []),
        ...judge(batch, outcomes, isEqual ? lawUnderFaults : { rules: alone, parityRules: [] }).findings,
        ...(Object.keys(outcomes).length < this.#clouds.length ? await this.#lonely(cell, outcomes) : []),
      ],
      // Where retries differ, one variant may have passed the step, or not have come so far, while a fault lasted.
      differences: isEqual ? [] : [...silent, ...judge(batch, outcomes, { rules: [], parityRules: together }).findings],
    };
  }

  /** Where another variant lacks what is struck, a variant must end as if that had not failed. */
  async #lonely(cell: Cell, outcomes: Readonly<Record<string, Outcome>>): Promise<Finding[]> {
    if (isKnown(cell)) return [];
    const { scenario, plan } = cell;
    const shared = plan.filter(({ dependency }) =>
      this.#clouds.every(({ variant }) => variant.dependsOn.includes(dependency)),
    );
    const findings: Finding[] = [];
    for (const cloud of this.#clouds) {
      const { name } = cloud.variant;
      const outcome = outcomes[name];
      if (!outcome) continue;
      const undisturbed = await cloud.run(this.#batch(scenario), new Injection(shared));
      findings.push(
        ...differences(endsIn({}, undisturbed), endsIn({}, outcome)).map(({ what, left, right }) => ({
          what: `${what} differs from the undisturbed`,
          seen: { [name]: right, "without the fault": left },
        })),
      );
    }
    return findings;
  }

  /** The scenario's orders under fresh ids, without how they end when nothing fails. */
  #batch(scenario: string): Batch {
    this.#runs += 1;
    const named = scenarios.find(({ name }) => name === scenario)!;
    const { name, stock, placements } = batchOf(named, `-${this.#runs}`);
    return { name, stock, placements };
  }
}

const has = ({ dependsOn }: Variant, plan: FaultPlan): boolean =>
  plan.every(({ dependency }) => dependsOn.includes(dependency));
