import { everyTwo } from "../every-two.ts";
import type { Brief } from "./brief.ts";
import type { Evidence } from "./evidence.ts";
import { type Must, mustsOf } from "./musts.ts";
import { weigh, type Weighed } from "./weigh.ts";

/** Who passes, how each two compare, and who is chosen. */
export interface Chosen {
  readonly musts: Readonly<Record<string, readonly Must[]>>;
  /** Who passes every must-have. */
  readonly options: readonly string[];
  /** Each two variants held against each other, those that do not pass too: what would be given up. */
  readonly pairs: readonly (Weighed & { readonly between: readonly [first: string, second: string] })[];
  /** Who wins against every other option, or is the only one; none for no decision. */
  readonly choice: string | undefined;
}

/** First who passes, then who wins against all others that pass. */
export function chosenFor(brief: Brief, evidence: readonly Evidence[]): Chosen {
  const musts = Object.fromEntries(evidence.map((each) => [each.variant, mustsOf(brief.must, each)]));
  const passing = evidence.filter(({ variant }) => musts[variant]!.every(({ verdict }) => verdict === "pass"));
  const options = passing.map(({ variant }) => variant);
  const pairs = everyTwo(evidence).map(([first, second]) => ({
    between: [first.variant, second.variant] as const,
    ...weigh(first, second, brief.weights),
  }));
  const contests = pairs.filter(({ between }) => between.every((each) => options.includes(each)));
  const beatsAll = (variant: string) =>
    contests.every(({ between, winner }) => !between.some((each) => each === variant) || winner === variant);
  return { musts, options, pairs, choice: options.find(beatsAll) };
}
