import { assumed, type Band, type Case, type Replaced } from "./assumptions.ts";
import type { Facts } from "./facts.ts";
import type { Metered } from "./metered.ts";
import type { Mix } from "./mix.ts";
import { monthlyRules } from "./monthly-rules.ts";
import { type PriceId, priceOf, type Prices } from "./prices.ts";
import { type BillingRule, billingRules, secondsPerMonth } from "./rules.ts";

/** What was metered of one variant. */
export interface Measured {
  readonly variant: string;
  readonly facts: Facts;
  /** By the name of the scenario. */
  readonly scenarios: ReadonlyMap<string, Metered>;
  /** What one tick of its schedule takes when there is nothing to do; none without a schedule. */
  readonly tick: Metered | undefined;
}

/** For what a bill is made. */
export interface Terms {
  readonly ordersPerMonth: number;
  readonly mix: Mix;
  readonly prices: Prices;
  readonly freeTier: boolean;
  readonly replaced: Replaced;
  /** Bytes of state that each message would carry beside its ids. */
  readonly stateBytes: number;
}

/** A line of a month's bill. */
export interface BillLine {
  readonly rule: string;
  readonly title: string;
  readonly price: PriceId;
  /** Units of a month. */
  readonly units: Band;
  /** US dollars of a month; none where no price is known. */
  readonly usd: Band | undefined;
}

/** What a variant costs in a month. */
export interface Bill {
  readonly variant: string;
  /** What grows with the orders. */
  readonly lines: readonly BillLine[];
  /** What is there every month, with or without orders. */
  readonly fixed: readonly BillLine[];
  /** What the simulated services take, which is not in the total. */
  readonly outside: readonly BillLine[];
  /** US dollars of a month; none where a price is missing. */
  readonly total: Band | undefined;
  /** The sum of what can be priced, US dollars of a month. */
  readonly priced: Band;
  /** What would be billed and has no price in this Region. */
  readonly missing: readonly PriceId[];
}

/** @throws Error for a scenario of the mix that was not metered */
export function billOf(measured: Measured, terms: Terms): Bill {
  const ledger = new MonthOfUnits(terms);
  const perOrder = billingRules.filter((rule) => !rule.isOutside);
  const lines = perOrder.map((rule) =>
    ledger.line(rule, measured.facts, (which) => monthly(rule, measured, terms, which)),
  );
  const fixed = [...tickLines(ledger, measured, terms), ...monthlyLines(ledger, measured.facts)];
  // On its own, so that it neither uses up a free tier nor fills a tier of the others.
  const aside = new MonthOfUnits({ ...terms, freeTier: false });
  const outside = billingRules
    .filter((rule) => rule.isOutside)
    .map((rule) => aside.line(rule, measured.facts, (which) => monthly(rule, measured, terms, which)));
  const all = [...lines, ...fixed];
  const missing = [...new Set(all.flatMap(({ usd, price }) => (usd ? [] : [price])))];
  const priced = sumOf(all.flatMap(({ usd }) => (usd ? [usd] : [])));
  return {
    variant: measured.variant,
    lines: lines.filter(isBilled),
    fixed: fixed.filter(isBilled),
    outside: outside.filter(isBilled),
    total: missing.length > 0 ? undefined : priced,
    priced,
    missing,
  };
}

const isBilled = ({ units }: BillLine): boolean => units.high > 0;

/** The units of a month's orders under one rule. */
function monthly(rule: BillingRule, { variant, facts, scenarios }: Measured, terms: Terms, which: Case): number {
  const under = assumed(which, terms.replaced);
  let perOrder = 0;
  for (const [{ name }, share] of terms.mix) {
    const metered = scenarios.get(name);
    if (!metered) throw new Error(`${name} was not metered in ${variant}`);
    const basis = { metered, facts, assumed: under, stateBytes: terms.stateBytes };
    perOrder += (share * rule.units(basis)) / metered.orders;
  }
  const units = perOrder * terms.ordersPerMonth;
  return rule.ofMonth ? rule.ofMonth(units) : units;
}

/** What a schedule takes in a month in which it finds nothing to do. */
function tickLines(ledger: MonthOfUnits, { facts, tick }: Measured, terms: Terms): BillLine[] {
  if (!tick || facts.tickSeconds === undefined) return [];
  const ticks = secondsPerMonth / facts.tickSeconds;
  return billingRules.map((rule) => {
    const units = (which: Case) =>
      ticks * rule.units({ metered: tick, facts, assumed: assumed(which, terms.replaced), stateBytes: 0 });
    return ledger.line({ ...rule, id: `tick-${rule.id}`, title: `schedule: ${rule.title}` }, facts, units);
  });
}

const monthlyLines = (ledger: MonthOfUnits, facts: Facts): BillLine[] =>
  monthlyRules.map((rule) =>
    ledger.line({ ...rule, price: () => rule.price }, facts, (which) => rule.units(facts, which)),
  );

/** Prices lines one after the other: lines of one price share its tiers and its free units. */
class MonthOfUnits {
  readonly #terms: Pick<Terms, "prices" | "freeTier">;
  readonly #used = new Map<string, number>();

  constructor(terms: Pick<Terms, "prices" | "freeTier">) {
    this.#terms = terms;
  }

  line(
    { id, title, price: priceFor }: Pick<BillingRule, "id" | "title" | "price">,
    facts: Facts,
    unitsIn: (which: Case) => number,
  ): BillLine {
    const price = priceFor(facts);
    const units = band(unitsIn);
    const known = this.#terms.prices.get(price);
    // What nobody uses needs no price.
    const isPriced = known !== undefined || units.high === 0;
    const usd = isPriced ? band((which) => (known ? this.#usd(known, units[which], which) : 0)) : undefined;
    return { rule: id, title, price, units, usd };
  }

  #usd(price: NonNullable<ReturnType<Prices["get"]>>, units: number, which: Case): number {
    const { freeTier } = this.#terms;
    const key = `${price.id} ${which}`;
    const before = this.#used.get(key) ?? 0;
    this.#used.set(key, before + units);
    return priceOf(price, before + units, freeTier) - priceOf(price, before, freeTier);
  }
}

export const band = (figure: (which: Case) => number): Band => ({
  low: figure("low"),
  base: figure("base"),
  high: figure("high"),
});

const sumOf = (bands: readonly Band[]): Band => band((which) => bands.reduce((total, each) => total + each[which], 0));
