import { judge, lawUnderFaults } from "@ovsc/scripts/lived";
import type { Judged } from "./ask.ts";

/** Where two variants leave different ends or side effects behind, though each is right by itself. */
export function disagreement(first: Judged, other: Judged): Judged[] {
  if (first.mayDiffer || !first.outcome || !other.outcome) return [];
  const outcomes = { [first.variant]: first.outcome, [other.variant]: other.outcome };
  const { findings } = judge(first.batch, outcomes, { rules: [], parityRules: lawUnderFaults.parityRules });
  const [finding] = findings;
  if (!finding) return [];
  const sides = Object.entries(finding.seen).map(([variant, seen]) => `${variant} ${JSON.stringify(seen)}`);
  const seen = `the two variants do not end alike: ${finding.what}: ${sides.join(", ")}`;
  return [{ ...first, variant: "both", broken: { task: "", seen } }];
}
