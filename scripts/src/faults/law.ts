import { endings, endOf, type Evidence, isSettled, sideEffects } from "@ovsc/shared";
import { differences, withoutIdentity } from "../judgement/differences.ts";
import type { Law } from "../judgement/judge.ts";
import { type JudgementRule, parityRules, rules } from "../judgement/rules.ts";
import type { Batch, Outcome } from "../orders/batch.ts";

/** What a scenario says of its end, it says of a cloud in which nothing fails. */
const undisturbed = ["ends-as-the-scenario-says", "record-gives-the-cause"];

/**
 * The promise under a fault: the same end and the same side effects. The way there may differ, and so may what the
 * ledgers hold of effects that were taken back.
 */
export const lawUnderFaults: Law = {
  rules: rules.filter(({ id }) => !undisturbed.includes(id)).map(unlessParked),
  parityRules: [
    {
      id: "same-end",
      broken: (batch, first, other) =>
        differences(endsIn(batch, first), endsIn(batch, other)).map(({ what, left, right }) => ({
          what: `${what} differs`,
          first: left,
          other: right,
        })),
    },
    ...parityRules.filter(({ id }) => id === "same-shelf"),
  ],
};

/** The same where a fault is beyond the budget: the sweeper may act. */
export const lawBeyondBudget: Law = {
  ...lawUnderFaults,
  rules: lawUnderFaults.rules.filter(({ id }) => id !== "no-sweeps"),
};

/**
 * Whoever parks an order may be killed once that is done, and Lambda knows no better than to keep the message. The
 * order waits for a person, who finds both.
 */
function unlessParked(rule: JudgementRule): JudgementRule {
  if (rule.id !== "no-dead-letters") return rule;
  return {
    ...rule,
    broken: (batch, outcome) => (outcome.evidence.every(isParked) ? [] : rule.broken(batch, outcome)),
  };
}

const isParked = ({ row }: Evidence): boolean =>
  row !== undefined && isSettled(row.status) && endings[row.status].kind === "parked";

/** How each order ended, and what it came to. */
export function endsIn({ interchangeable }: Pick<Batch, "interchangeable">, { evidence }: Outcome) {
  const orders = interchangeable ? withoutIdentity(evidence, (each) => each) : evidence;
  return orders.map((each) => ({ status: endOf(each), ...sideEffects(each) }));
}
