import type { Batch, Outcome } from "../orders/batch.ts";
import { invariants, parityRules, rules } from "./rules.ts";
import type { Verdict } from "./verdict.ts";

/** One thing that is not as it must be. */
export interface Finding {
  readonly orderId?: string;
  readonly what: string;
  /** What each variant shows there, by its name. */
  readonly seen: Readonly<Record<string, unknown>>;
  /** Which step failed first in each variant, with its error, and what was heard last. */
  readonly happened?: Readonly<Record<string, string>>;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/** What a batch is judged by. */
export interface Law {
  readonly rules: typeof rules;
  readonly parityRules: typeof parityRules;
}

/**
 * The one judgement of a batch, for every command and test.
 * @param outcomes what the batch left behind in each variant, by its name; the first is what the others are held
 * against
 * @returns everything wrong with it: each variant by itself, then each against the first
 */
export function judge(
  batch: Batch,
  outcomes: Readonly<Record<string, Outcome>>,
  law: Law = { rules, parityRules },
): Judgement {
  const [first, ...others] = Object.entries(outcomes);
  const findings = [
    ...Object.entries(outcomes).flatMap(([variant, outcome]) => alone(variant, batch, outcome, law)),
    ...others.flatMap((other) => against(first!, other, batch, law)),
  ];
  const judged = Object.values(outcomes).flatMap(({ evidence }) => evidence).length;
  const isWhole = judged > 0 && judged === batch.placements.length * Object.keys(outcomes).length;
  return { verdict: findings.length > 0 ? "invalid" : isWhole ? "valid" : "unknown", findings };
}

/** @returns what must never be, whatever befell the orders */
export const brokenInvariants = (batch: Batch, outcome: Outcome): string[] =>
  invariants.flatMap(({ broken }) => broken(batch, outcome)).map(({ what }) => what);

const alone = (variant: string, batch: Batch, outcome: Outcome, law: Law): Finding[] =>
  law.rules
    .flatMap(({ broken }) => broken(batch, outcome))
    .map(({ seen, ...finding }) => ({ ...finding, seen: { [variant]: seen } }));

const against = (
  [first, held]: [string, Outcome],
  [name, outcome]: [string, Outcome],
  batch: Batch,
  law: Law,
): Finding[] =>
  law.parityRules
    .flatMap(({ broken }) => broken(batch, held, outcome))
    .map(({ first: left, other, ...finding }) => ({ ...finding, seen: { [first]: left, [name]: other } }));
