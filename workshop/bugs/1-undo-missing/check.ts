import type { Check } from "../../src/check/check.ts";
import { judged } from "../../src/check/claims.ts";

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "shipping-refused" },
    { scenario: "shipping-answer-lost" },
    { scenario: "shipping-request-lost" },
  ],
  claims: [judged("fix")],
  misconceptions: [],
  answers: { where: () => "ShipOrder" },
};
