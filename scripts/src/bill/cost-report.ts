import type { Profile } from "@ovsc/shared";
import { everyTwo } from "../every-two.ts";
import { assumptions, type Replaced } from "./assumptions.ts";
import { type Bill, type BillLine, billOf, type Measured, type Terms } from "./bill.ts";
import { cheaperOf, type Crossing, crossingsOf } from "./crossings.ts";
import { renderMix } from "./mix.ts";
import { monthlyRules } from "./monthly-rules.ts";
import type { Price } from "./prices.ts";
import { type BillingRule, billingRules } from "./rules.ts";

/** What `cost` leaves for the report. */
export const costFile = "cost.json";

/** What `cost` found: everything in it can be computed again from its rules and its prices. */
export interface CostReport {
  readonly command: string;
  readonly region: string;
  readonly profile: Profile;
  readonly pricesOf: string;
  readonly ordersPerMonth: number;
  readonly mix: string;
  readonly freeTier: boolean;
  readonly bills: readonly Bill[];
  readonly pairs: readonly Pair[];
  /** What was assumed, and what the reader said instead. */
  readonly assumed: typeof assumptions;
  readonly replaced: Replaced;
  readonly rules: readonly Rule[];
  /** Those that a rule asked for, as far as they are known in the Region. */
  readonly prices: readonly Price[];
}

/** How a line of a bill is computed, and by which page. */
export type Rule = Pick<BillingRule, "id" | "title" | "formula" | "source">;

/** Two variants' bills side by side. */
export interface Pair {
  readonly between: readonly [first: string, second: string];
  /** Cheaper in the low, the base and the high case alike; none where these disagree or a price is missing. */
  readonly cheaper: string | undefined;
  /** How many times the dearer costs the cheaper, in the base case; absent where a price is missing. */
  readonly ratio?: number;
  /** Along each axis; empty where a price is missing. */
  readonly crossings: readonly Crossing[];
}

/** Where it comes from. */
export interface Origin {
  readonly region: string;
  /** Of the retries. */
  readonly profile: Profile;
  /** When the price list was put together. */
  readonly pricesOf: string;
  readonly command: string;
}

export function costReport(measured: readonly Measured[], terms: Terms, origin: Origin): CostReport {
  const bills = measured.map((each) => billOf(each, terms));
  const asked = new Set(bills.flatMap(({ lines, fixed, outside }) => [...lines, ...fixed, ...outside]).map(priceId));
  return {
    ...origin,
    ordersPerMonth: terms.ordersPerMonth,
    mix: renderMix(terms.mix),
    freeTier: terms.freeTier,
    bills,
    pairs: everyTwo(measured).map(([first, second]) => pairOf(first, second, terms)),
    assumed: assumptions,
    replaced: terms.replaced,
    rules: [...billingRules, ...monthlyRules].map(({ id, title, formula, source }) => ({ id, title, formula, source })),
    prices: [...terms.prices.values()].filter(({ id }) => asked.has(id)),
  };
}

const priceId = ({ price }: BillLine): string => price;

function pairOf(first: Measured, second: Measured, terms: Terms): Pair {
  const bills = [first, second].map((each) => billOf(each, terms));
  const costs = bills.map(({ priced }) => priced.base);
  const isKnown = bills.every(({ total }) => total !== undefined);
  return {
    between: [first.variant, second.variant],
    cheaper: cheaperOf(first, second, terms),
    ...(isKnown && { ratio: Math.max(...costs) / Math.min(...costs) }),
    crossings: isKnown ? crossingsOf(first, second, terms) : [],
  };
}
