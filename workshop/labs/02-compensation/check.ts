import type { Check, Claim } from "../../src/check/check.ts";
import { finds, judged, triesOf } from "../../src/check/claims.ts";
import { inEach, tallyOf } from "../../src/check/happened.ts";

/** A refusal is certain: nothing was charged, so nothing is refunded. */
const refundsOnlyCharges: Claim = {
  task: "declined",
  broken: (seen) =>
    seen.story.scenario === "declined" && triesOf("RefundPayment", seen) > 0
      ? "RefundPayment ran for an order whose payment was declined: nothing was charged"
      : undefined,
};

const taskOf: Readonly<Record<string, string>> = {
  "shipping-refused": "shipping",
  declined: "declined",
  "charge-answer-lost": "silence",
  "shipping-answer-lost": "silence",
};

/** Judged as every order is, and told for the task that the story is about. */
const comesHome: readonly Claim[] = Object.entries(taskOf).map(([scenario, task]) => ({
  task,
  broken: (seen) => (seen.story.scenario === scenario ? judged(task).broken(seen) : undefined),
}));

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "shipping-refused" },
    { scenario: "declined" },
    { scenario: "charge-answer-lost" },
    { scenario: "shipping-answer-lost" },
    { scenario: "shipping-refused", duplicates: true },
  ],
  claims: [...comesHome, refundsOnlyCharges, judged("shipping")],
  truths: {
    status: (ran) =>
      inEach(ran(), (variant) => Object.keys(tallyOf(ran(), "shipping-refused", variant).ends).join(", ")),
    notices: (ran) => {
      const refunds = (variant: string): number => tallyOf(ran(), "shipping-refused", variant).sideEffects.refunds;
      return `nobody, since nothing waits for the refusal; refunds: ${inEach(ran(), refunds)}`;
    },
  },
  misconceptions: [
    {
      name: "stops-after-refund",
      hint: "The money is back and the goods are still held. Who hears that the refund is done?",
      shows: finds("stuck in PAYMENT_REFUNDED"),
    },
    {
      name: "releases-first",
      hint:
        "Stock was to be released while the charge stood, and the row said no. " +
        "What was done last is undone first: what comes before the release?",
      shows: (seen) => finds("stuck in SHIPPING_FAILED")(seen) && triesOf("ReleaseInventory", seen) > 0,
    },
    {
      name: "refunds-a-decline",
      hint: "PaymentDeclined is a certain no: no money moved. Which of the two compensations is left to do?",
      shows: (seen) => seen.story.scenario === "declined" && triesOf("RefundPayment", seen) > 0,
    },
    {
      name: "forgets-silence",
      hint:
        "The step said neither yes nor no: every try failed. A refusal has an event and an error of its own; " +
        "what tells of a step that gave up?",
      shows: ({ story: { scenario }, findings }) => scenario.endsWith("-answer-lost") && findings.length > 0,
    },
  ],
};
