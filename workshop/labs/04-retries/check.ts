import { counted } from "@ovsc/scripts";
import type { Check, Claim, Seen } from "../../src/check/check.ts";
import { judged, triesOf } from "../../src/check/claims.ts";
import { inEach, triesIn } from "../../src/check/happened.ts";

/** The first try, and the two that the budget of the project has for a step that fails. */
const mostTries = 3;

/** The step that is refused, by the scenario in which it is. */
const refused: Readonly<Record<string, string>> = { declined: "ChargePayment", "shipping-refused": "ShipOrder" };

const isOutage = ({ story }: Seen): boolean => story.faults !== undefined;

/** @returns how often the refused step of the story was tried; nothing where none is refused */
function triesOfRefused(seen: Seen): { readonly step: string; readonly tries: number } | undefined {
  const step = refused[seen.story.scenario];
  return step === undefined ? undefined : { step, tries: triesOf(step, seen) };
}

const refusalOnce: Claim = {
  task: "refusal",
  broken(seen) {
    const { step, tries = 1 } = triesOfRefused(seen) ?? {};
    return tries > 1 ? `${step} was refused, and was tried ${tries} times: the answer is no, and stays no` : undefined;
  },
};

const noStorm: Claim = {
  task: "storm",
  broken(seen) {
    const tries = isOutage(seen) ? triesOf("ChargePayment", seen) : 0;
    return tries > mostTries
      ? `the gateway was away for 100 s, and ChargePayment was tried ${tries} times meanwhile`
      : undefined;
  },
};

const toldFor = (task: string, isAbout: (seen: Seen) => boolean): Claim => ({
  task,
  broken: (seen) => (isAbout(seen) ? judged(task).broken(seen) : undefined),
});

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "charge-answer-lost-once" },
    { scenario: "declined" },
    { scenario: "shipping-refused" },
    {
      scenario: "happy",
      faults: [{ kind: "server-error", dependency: "payment-gateway", step: "ChargePayment", from: 0, until: 100 }],
    },
  ],
  // What the retries of one order cost, beside the same order without any.
  tells(seen) {
    const { scenario } = seen.story;
    if (isOutage(seen) || !["happy", "charge-answer-lost-once"].includes(scenario)) return undefined;
    const { variant, outcome } = seen;
    const { invocations, stateTransitions, events } = outcome.counts;
    const paid = `${invocations} invocations, ${stateTransitions} transitions, ${events} events`;
    return `${variant}, ${scenario}: paid for ${paid}`;
  },
  claims: [refusalOnce, noStorm, toldFor("storm", isOutage), judged("patience")],
  truths: {
    declined: (ran) => {
      const tries = (variant: string): number =>
        triesIn(ran(), { orderId: "declined-order-1", variant, step: "ChargePayment" });
      return inEach(ran(), (variant) => counted(tries(variant), "time"));
    },
    payer: () =>
      "you, in both: each try is an invocation of a function, and in the orchestration a state transition as well",
  },
  misconceptions: [
    {
      name: "all-retried",
      hint: "States.ALL matches a refusal too. Which errors may end otherwise when they are asked again?",
      shows: (seen) => (triesOfRefused(seen)?.tries ?? 1) > 1,
    },
    {
      name: "more-and-faster",
      hint:
        "The service is away, and everybody asks it each second: when it comes back it is met by all of them. " +
        "What makes the pauses grow?",
      shows: (seen) => noStorm.broken(seen) !== undefined,
    },
    {
      name: "jitter-for-back-off",
      hint: "Jitter spreads the tries and makes none of them later. All were over before the service came back.",
      shows: (seen) => isOutage(seen) && seen.findings.length > 0,
    },
  ],
};
