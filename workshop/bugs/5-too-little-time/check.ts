import type { Check } from "../../src/check/check.ts";
import { judged } from "../../src/check/claims.ts";

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "shipping-refused" },
    // Five seconds for each answer of the carrier: slow, and in time.
    {
      scenario: "happy",
      faults: [{ kind: "slow-answer", dependency: "carrier", step: "ShipOrder", attempts: [1, 2, 3], call: 1 }],
    },
  ],
  claims: [judged("fix")],
  misconceptions: [],
  answers: { where: () => "ShipOrder" },
};
