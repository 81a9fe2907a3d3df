import { endOf } from "@ovsc/shared";
import type { Difference } from "@ovsc/shared/variant";
import type { Batch, Outcome } from "../orders/batch.ts";
import type { Differing } from "./declarations.ts";
import { isAsDeclared, mayEnd } from "./declared.ts";
import { type Broken, invariants, type JudgementRule, parityRules, rules } from "./rules.ts";
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
  /** What the variants declare for what befell the batch; nothing if not given. */
  readonly differing?: Differing;
}

/** Everything, and nothing declared. */
export const wholeLaw: Law = { rules, parityRules };

/**
 * The one judgement of a batch, for every command and test.
 * @param outcomes what the batch left behind in each variant, by its name; the first is what the others are held
 * against
 * @returns everything wrong with it: each variant by itself, then each against the first
 */
export function judge(batch: Batch, outcomes: Readonly<Record<string, Outcome>>, law: Law = wholeLaw): Judgement {
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

function alone(variant: string, batch: Batch, outcome: Outcome, { rules: all, differing = {} }: Law): Finding[] {
  const differs = differing[variant] ?? [];
  return all
    .flatMap((rule) => rule.broken(batch, outcome).filter((broken) => !isDeclared(rule, broken, { outcome, differs })))
    .map(({ seen, ...finding }) => ({ ...finding, seen: { [variant]: seen } }));
}

/** True for what a variant says of itself: that its order may end so, or that it takes the sweeper. */
export function isDeclared(
  { id, isDeclarable }: JudgementRule,
  { orderId }: Broken,
  { outcome, differs }: { outcome: Outcome; differs: readonly Difference[] },
): boolean {
  if (!isDeclarable || differs.length === 0) return false;
  if (id === "no-sweeps") return differs.some(({ swept }) => swept);
  const own = outcome.evidence.filter((each) => orderId === undefined || each.orderId === orderId);
  return own.every((each) => mayEnd(differs, endOf(each)));
}

function against(
  [first, held]: [string, Outcome],
  [name, outcome]: [string, Outcome],
  batch: Batch,
  { parityRules: all, differing = {} }: Law,
): Finding[] {
  const [left, right] = withoutDeclared(held, outcome, [...(differing[name] ?? []), ...(differing[first] ?? [])]);
  return all
    .flatMap(({ broken }) => broken(batch, left, right))
    .map(({ first: one, other, ...finding }) => ({ ...finding, seen: { [first]: one, [name]: other } }));
}

/** Both without the orders that end otherwise as declared. What they took from the shelf differs with them. */
function withoutDeclared(held: Outcome, outcome: Outcome, differs: readonly Difference[]): [Outcome, Outcome] {
  const { sweeps } = outcome;
  const isKept = held.evidence.map(
    (first, index) => !isAsDeclared({ first, other: outcome.evidence[index]!, sweeps, differs }),
  );
  if (differs.length === 0 || isKept.every(Boolean)) return [held, outcome];
  const kept = (each: Outcome): Outcome => ({
    ...each,
    evidence: each.evidence.filter((_, index) => isKept[index]),
    shelf: {},
  });
  return [kept(held), kept(outcome)];
}
