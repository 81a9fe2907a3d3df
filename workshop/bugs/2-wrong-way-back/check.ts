import type { Check } from "../../src/check/check.ts";
import { judged } from "../../src/check/claims.ts";

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "declined" },
    { scenario: "charge-answer-lost" },
    { scenario: "charge-request-lost" },
  ],
  claims: [judged("fix")],
  misconceptions: [],
  answers: { where: () => "ChargePayment" },
};
