import { type Profile, stepNames } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { Declarations } from "../judgement/declarations.ts";
import { differences } from "../judgement/differences.ts";
import { type Finding, judge, type Law } from "../judgement/judge.ts";
import type { Batch, Outcome } from "../orders/batch.ts";
import { batchOf } from "../orders/batches.ts";
import { scenarios } from "../orders/scenarios.ts";
import { canStrike } from "./applies.ts";
import { isBeyondBudget } from "./beyond-budget.ts";
import { type Cell, cellsOf, scenarioOf } from "./cells.ts";
import { FaultyCloud, type Setting } from "./faulty-cloud.ts";
import { firedFaults, unfired } from "./fired.ts";
import { Injection } from "./injection.ts";
import { whyKnown } from "./known-differences.ts";
import { endsIn, lawBeyondBudget, lawUnderFaults } from "./law.ts";
import type { FaultPlan } from "./plan.ts";
import { type Sighting, Witness } from "./witness.ts";

/** What one cell came to. */
export interface CellResult {
  readonly cell: Cell;
  /** By the name of the variant: how its order ended; nothing where the variant lacks what the fault strikes. */
  readonly ends: Readonly<Record<string, string | undefined>>;
  readonly findings: readonly Finding[];
  /** How often the sweeper acted, by the name of the variant; 0 where it is off, which it is within the budget. */
  readonly sweeps: Readonly<Record<string, number>>;
  /** Findings that must be, each with the reason. */
  readonly known: readonly KnownFinding[];
  /** Where variants that need not end alike did not: only with retries that differ. */
  readonly differences: readonly Finding[];
}

export interface KnownFinding extends Finding {
  readonly because: string;
}

/** Every cell: what any variant's steps were seen to do when nothing failed, under each fault that may strike it. */
export async function everyCell(clouds: readonly FaultyCloud[]): Promise<Cell[]> {
  const all: Cell[] = [];
  // A step that a copy of the packages adds has no scenario, and is not struck.
  for (const step of stepNames.filter((each) => Object.hasOwn(scenarioOf, each))) {
    const sightings: Sighting[] = [];
    for (const cloud of clouds) {
      const witness = new Witness();
      await cloud.run(batchFor(scenarioOf[step], `-${step}`), witness);
      sightings.push(...witness.sightings);
    }
    all.push(...cellsOf(step, sightings));
  }
  return all;
}

/**
 * Faults against variants, in two sets: within the budget of the retries, with the sweeper off; and beyond it, where
 * the sweeper must bring every order to its end.
 */
export class Matrix {
  readonly #within: readonly FaultyCloud[];
  readonly #beyond: readonly FaultyCloud[];
  readonly #profile: Profile;
  readonly #declarations: Declarations;
  #runs = 0;

  private constructor(within: readonly FaultyCloud[], beyond: readonly FaultyCloud[], profile: Profile) {
    this.#within = within;
    this.#beyond = beyond;
    this.#profile = profile;
    const variants = within.map(({ variant }) => variant);
    this.#declarations = new Declarations(variants, profile);
  }

  /**
   * @param profile of the retries. With the `idiomatic` one, a difference of ends is a result, and no finding.
   * @param repeatable see `LocalOptions`
   */
  static async open(
    variants: readonly Variant[],
    profile: Profile = "equal",
    { repeatable = false }: Pick<Setting, "repeatable"> = {},
  ): Promise<Matrix> {
    const clouds = (sweeper: "on" | "off") =>
      Promise.all(variants.map((variant) => FaultyCloud.open(variant, { profile, sweeper, repeatable })));
    return new Matrix(await clouds("off"), await clouds("on"), profile);
  }

  cells(): Promise<Cell[]> {
    return everyCell(this.#within);
  }

  async run(cell: Cell): Promise<CellResult> {
    const batch = this.#batch(cell.scenario);
    const outcomes: Record<string, Outcome> = {};
    const fired: Record<string, readonly number[]> = {};
    const isBeyond = isBeyondBudget(cell, this.#profile);
    const lacking = new Set(this.#within.flatMap(({ variant }) => (has(variant, cell.plan) ? [] : [variant.name])));
    const differing = this.#declarations.of(cell.scenario, (name) => (lacking.has(name) ? [] : cell.plan));
    const needsSweeper = ({ name }: Variant) => isBeyond || differing[name]!.some(({ swept }) => swept);
    const clouds = this.#within.map((cloud, at) => (needsSweeper(cloud.variant) ? this.#beyond[at]! : cloud));
    const struck = clouds.filter(({ variant }) => has(variant, cell.plan));
    for (const cloud of struck) {
      const { name } = cloud.variant;
      const injection = new Injection(cell.plan);
      outcomes[name] = await cloud.run(batch, injection);
      fired[name] = injection.fired;
    }
    const variants = struck.map(({ variant }) => variant);
    const silent = unfired(firedFaults(cell.plan, variants, (name) => fired[name]!));
    const law: Law = { ...(isBeyond ? lawBeyondBudget : lawUnderFaults), differing };
    const { parityRules: together } = law;
    this.#declarations.note(outcomes, differing);
    const isEqual = this.#profile === "equal";
    const ends = clouds.map(({ variant: { name } }) => [
      name,
      outcomes[name] && endsIn(batch, outcomes[name])[0]?.status,
    ]);
    const findings = [
      ...(isEqual ? silent : []),
      ...judge(batch, outcomes, isEqual ? law : { ...law, parityRules: [] }).findings,
      ...(struck.length < clouds.length ? await this.#lonely(cell, { clouds, outcomes }) : []),
    ];
    return {
      cell,
      ends: Object.fromEntries(ends) as CellResult["ends"],
      findings: findings.filter(({ what }) => !whyKnown(cell, what)),
      known: findings.flatMap((finding) => {
        const because = whyKnown(cell, finding.what);
        return because ? [{ ...finding, because }] : [];
      }),
      sweeps: Object.fromEntries(Object.entries(outcomes).map(([name, { sweeps }]) => [name, sweeps])),
      // Where retries differ, one variant may have passed the step, or not have come so far, while a fault lasted.
      differences: isEqual ? [] : [...silent, ...judge(batch, outcomes, { rules: [], parityRules: together }).findings],
    };
  }

  /** What is declared for a cell that was run, and happened in none: to be asked when all cells were run. */
  outdated(): Finding[] {
    return this.#declarations.outdated();
  }

  /** Where another variant lacks what is struck, a variant must end as if that had not failed. */
  async #lonely(
    { scenario, plan }: Cell,
    { clouds, outcomes }: { clouds: readonly FaultyCloud[]; outcomes: Readonly<Record<string, Outcome>> },
  ): Promise<Finding[]> {
    const shared = plan.filter((fault) => clouds.every(({ variant }) => canStrike(variant, fault)));
    const findings: Finding[] = [];
    for (const cloud of clouds) {
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

  #batch(scenario: string): Batch {
    this.#runs += 1;
    return batchFor(scenario, `-${this.#runs}`);
  }
}

/** A scenario's orders under fresh ids, without how they end when nothing fails. */
function batchFor(scenario: string, suffix: string): Batch {
  const { name, stock, placements } = batchOf(
    scenarios.find((each) => each.name === scenario)!,
    suffix,
  );
  return { name, stock, placements };
}

const has = (variant: Variant, plan: FaultPlan): boolean => plan.every((fault) => canStrike(variant, fault));
