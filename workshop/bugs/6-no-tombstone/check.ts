import type { Check } from "../../src/check/check.ts";
import { judged } from "../../src/check/claims.ts";

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "shipping-answer-lost" },
    // The parcel is asked for three times, and each request arrives a quarter of an hour late.
    {
      scenario: "happy",
      faults: [{ kind: "late-effect", dependency: "carrier", step: "ShipOrder", attempts: [1, 2, 3], seconds: 900 }],
      ends: ["INVENTORY_RELEASED"],
    },
  ],
  claims: [judged("fix")],
  misconceptions: [],
  answers: { where: () => "RefundPayment" },
};
