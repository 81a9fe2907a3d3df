/**
 * What the simulated payment gateway and carrier, and the inventory, answer to, like a payment provider's test cards.
 * `lost` says which
 * half of a conversation never arrives: a lost request has no effect, a lost answer has one.
 */
export interface Answer {
  readonly verdict: "accept" | "refuse";
  readonly lost?: "first request" | "every request" | "first answer" | "every answer";
  /** Its undo fails, always: the refund of a charge, the release of a reservation. */
  readonly undoFails?: boolean;
}

/** By `paymentToken`. Any other token is declined as unknown. */
export const paymentTokens: Readonly<Record<string, Answer>> = {
  tok_visa: { verdict: "accept" },
  tok_mastercard: { verdict: "accept" },
  tok_amex: { verdict: "accept" },
  tok_declined: { verdict: "refuse" },
  tok_request_lost_once: { verdict: "accept", lost: "first request" },
  tok_request_lost: { verdict: "accept", lost: "every request" },
  tok_answer_lost_once: { verdict: "accept", lost: "first answer" },
  tok_answer_lost: { verdict: "accept", lost: "every answer" },
  tok_refund_fails: { verdict: "accept", undoFails: true },
};

/** By `address.postcode`. The carrier accepts any other. */
export const carrierPostcodes: Readonly<Record<string, Answer>> = {
  REFUSED: { verdict: "refuse" },
  "REQUEST-LOST-ONCE": { verdict: "accept", lost: "first request" },
  "REQUEST-LOST": { verdict: "accept", lost: "every request" },
  "ANSWER-LOST-ONCE": { verdict: "accept", lost: "first answer" },
  "ANSWER-LOST": { verdict: "accept", lost: "every answer" },
};

/** By `sku`. Of any other the shelf decides. */
export const inventorySkus: Readonly<Record<string, Answer>> = {
  "ANSWER-LOST": { verdict: "accept", lost: "every answer" },
  "RELEASE-FAILS": { verdict: "accept", undoFails: true },
};
