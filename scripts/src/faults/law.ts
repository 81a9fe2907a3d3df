import { endOf, sideEffects } from "@ovsc/shared";
import { differences, withoutIdentity } from "../judgement/differences.ts";
import type { Law } from "../judgement/judge.ts";
import { parityRules, rules } from "../judgement/rules.ts";
import type { Batch, Outcome } from "../orders/batch.ts";

/** What a scenario says of its end, it says of a cloud in which nothing fails. */
const undisturbed = ["ends-as-the-scenario-says", "record-gives-the-cause"];

/**
 * The promise under a fault: the same end and the same side effects. The way there may differ, and so may what the
 * ledgers hold of effects that were taken back.
 */
export const lawUnderFaults: Law = {
  rules: rules.filter(({ id }) => !undisturbed.includes(id)),
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

/** How each order ended, and what it came to. */
export function endsIn({ interchangeable }: Pick<Batch, "interchangeable">, { evidence }: Outcome) {
  const orders = interchangeable ? withoutIdentity(evidence, (each) => each) : evidence;
  return orders.map((each) => ({ status: endOf(each), ...sideEffects(each) }));
}
