import type { Check } from "../../src/check/check.ts";
import { judged } from "../../src/check/claims.ts";

export const check: Check = {
  stories: [{ scenario: "happy" }, { scenario: "shipping-answer-lost-once" }, { scenario: "shipping-answer-lost" }],
  claims: [judged("fix")],
  misconceptions: [],
  answers: { where: () => "ShipOrder" },
};
