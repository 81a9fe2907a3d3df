import type { Check, Claim, Seen } from "../../src/check/check.ts";
import { judged } from "../../src/check/claims.ts";
import { inEach, tallyOf, triesIn } from "../../src/check/happened.ts";

/** DynamoDB's own JSON. */
type Item = Readonly<Record<string, { readonly S?: string } | undefined>>;

/** The idempotency keys under which the gateway took money, in the order of time. */
function keysOfCharges({ happenings }: Seen): string[] {
  const keys = happenings.flatMap((each) => {
    if (each.type !== "ItemChanged" || !each.newImage) return [];
    const item = each.newImage as Item;
    const sk = item["sk"]?.S ?? "";
    return sk.startsWith("CHARGE#") && item["state"]?.S === "CHARGED" ? [sk.slice("CHARGE#".length)] : [];
  });
  return [...new Set(keys)];
}

/** Each story has one order, so it has one charge. */
const chargedOnce: Claim = {
  task: "key",
  broken(seen) {
    const keys = keysOfCharges(seen);
    if (keys.length <= 1) return undefined;
    return `${seen.batch.placements[0]!.order.orderId} was charged ${keys.length} times, under ${keys.join(" and ")}`;
  },
};

const strikes = (kind: string, { story: { faults = [] } }: Seen): boolean => faults.some((each) => each.kind === kind);

const lostOnce = "charge-answer-lost-once";

export const check: Check = {
  stories: [
    { scenario: lostOnce },
    { scenario: "happy", duplicates: true },
    { scenario: "shipping-refused", duplicates: true },
    // The function dies once the money is taken: whatever it kept in memory is gone at the next try.
    {
      scenario: "happy",
      faults: [{ kind: "fail-after", dependency: "payment-gateway", step: "ChargePayment", attempts: [1] }],
    },
    // Every charge arrives a quarter of an hour late, when the order was undone.
    {
      scenario: "happy",
      faults: [
        {
          kind: "late-effect",
          dependency: "payment-gateway",
          step: "ChargePayment",
          attempts: [1, 2, 3],
          seconds: 900,
        },
      ],
      ends: ["INVENTORY_RELEASED"],
    },
  ],
  claims: [chargedOnce, judged("write")],
  truths: {
    charges: (ran) => inEach(ran(), (variant) => tallyOf(ran(), lostOnce, variant).sideEffects.charges),
    who: (ran) => {
      const tries = (variant: string): number =>
        triesIn(ran(), { orderId: `${lostOnce}-order-1`, variant, step: "ChargePayment" });
      return `ChargePayment ran ${inEach(ran(), (variant) => `${tries(variant)} times`)}`;
    },
  },
  misconceptions: [
    {
      name: "key-in-memory",
      hint:
        "The key was made up and kept in memory. The refund runs elsewhere and cannot name the charge, and a " +
        "function that starts anew makes another key. What of an order outlives both?",
      shows(seen) {
        const keys = keysOfCharges(seen);
        return keys.length > 1 ? strikes("fail-after", seen) : keys.some((key) => !key.endsWith(":ChargePayment"));
      },
    },
    {
      name: "random-key",
      hint:
        "A random key is another key at each try, so the gateway takes each try for another charge. What is " +
        "the same at every try?",
      shows: (seen) => keysOfCharges(seen).length > 1 && keysOfCharges(seen).some((key) => /[0-9a-f]{8}-/.test(key)),
    },
    {
      name: "key-per-attempt",
      hint: "The key counts or dates the try. It names what is asked for, and not the time of asking.",
      shows: (seen) => keysOfCharges(seen).length > 1,
    },
    {
      name: "check-then-write",
      hint:
        "Between the look and the write another write came. One write that carries its own condition leaves " +
        "no between.",
      shows: (seen) => strikes("late-effect", seen),
    },
  ],
};
