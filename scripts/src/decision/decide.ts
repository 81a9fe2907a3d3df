import type { Profile } from "@ovsc/shared";
import { everyTwo } from "../every-two.ts";
import { type Brief, type Must, mustsOf } from "./brief.ts";
import type { Evidence } from "./evidence.ts";
import { weigh, type Weighed } from "./weigh.ts";

/** A brief decided by evidence. */
export interface Decision {
  readonly brief: Brief;
  readonly musts: Readonly<Record<string, readonly Must[]>>;
  /** Who passes every must-have. */
  readonly options: readonly string[];
  /** Each two variants held against each other, those that do not pass too: what would be given up. */
  readonly pairs: readonly (Weighed & { readonly between: readonly [first: string, second: string] })[];
  /** Who wins against every other option, or is the only one; none for no decision. */
  readonly choice: string | undefined;
}

/** What `decide` leaves for the report. */
export const decisionFile = "decision.json";
export interface DecisionFile extends Decision {
  /** The command that decides the same again. */
  readonly command: string;
  readonly profile: Profile;
  readonly evidence: readonly Evidence[];
}

/** First who passes, then who wins against all others that pass. */
export function decide(brief: Brief, evidence: readonly Evidence[]): Decision {
  const musts = Object.fromEntries(evidence.map((each) => [each.variant, mustsOf(brief, each)]));
  const passing = evidence.filter(({ variant }) => musts[variant]!.every(({ passed }) => passed));
  const options = passing.map(({ variant }) => variant);
  const pairs = everyTwo(evidence).map(([first, second]) => ({
    between: [first.variant, second.variant] as const,
    ...weigh(first, second, brief.weights),
  }));
  const contests = pairs.filter(({ between }) => between.every((each) => options.includes(each)));
  const beatsAll = (variant: string) =>
    contests.every(({ between, winner }) => !between.some((each) => each === variant) || winner === variant);
  return { brief, musts, options, pairs, choice: options.find(beatsAll) };
}
