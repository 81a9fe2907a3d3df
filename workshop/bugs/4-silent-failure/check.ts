import type { Check } from "../../src/check/check.ts";
import { judged } from "../../src/check/claims.ts";

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "shipping-answer-lost-once" },
    // The bus turns down what ChargePayment has to say; the orchestration has no bus.
    {
      scenario: "happy",
      faults: [{ kind: "server-error", dependency: "event-bus", step: "ChargePayment", attempts: [1] }],
    },
  ],
  claims: [judged("fix")],
  misconceptions: [],
  answers: { where: () => "ShipOrder" },
};
