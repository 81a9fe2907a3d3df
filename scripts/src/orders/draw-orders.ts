import { seeded } from "@ovsc/local";
import type { Order } from "@ovsc/shared";

/** A shop's day: mostly fine, some refusals, now and then a network that loses something. Weights are per thousand. */
const mix: readonly (readonly [weight: number, changes: Drawn])[] = [
  [860, {}],
  [40, { paymentToken: "tok_declined" }],
  [30, { sku: "SOLD-OUT-LAMP" }],
  [20, { postcode: "REFUSED" }],
  [15, { paymentToken: "tok_answer_lost_once" }],
  [15, { paymentToken: "tok_request_lost_once" }],
  [8, { postcode: "ANSWER-LOST-ONCE" }],
  [4, { paymentToken: "tok_answer_lost" }],
  [4, { paymentToken: "tok_request_lost" }],
  [2, { postcode: "ANSWER-LOST" }],
  [1, { postcode: "REQUEST-LOST" }],
  [1, { paymentToken: "tok_refund_fails", postcode: "REFUSED" }],
];

interface Drawn {
  readonly paymentToken?: string;
  readonly sku?: string;
  readonly postcode?: string;
}

const skus = ["TEAPOT", "TEACUP", "KETTLE", "TRAY", "SUGAR-BOWL", "STRAINER"] as const;
const cards = ["tok_visa", "tok_mastercard", "tok_amex"] as const;
const homes = [
  { city: "London", postcode: "SW1A 1AA", country: "GB", currency: "GBP" },
  { city: "Leeds", postcode: "LS1 4DY", country: "GB", currency: "GBP" },
  { city: "Berlin", postcode: "10117", country: "DE", currency: "EUR" },
  { city: "Lyon", postcode: "69002", country: "FR", currency: "EUR" },
  { city: "Stockholm", postcode: "111 29", country: "SE", currency: "SEK" },
] as const;

/** An endless stream of orders; the same seed draws the same. */
export function* drawOrders(seed: number): Generator<Order, never> {
  const choices = seeded(seed);
  const upTo = (most: number): number => 1 + choices.choose(most, "order");
  const pick = <T>(options: readonly T[]): T => options[choices.choose(options.length, "order")]!;
  for (let count = 1; ; count += 1) {
    let weight = upTo(1000) - 1;
    const [, changes] = mix.find(([each]) => (weight -= each) < 0) ?? mix[0]!;
    const quantity = upTo(4);
    const { currency, ...home } = pick(homes);
    yield {
      orderId: `order-${count}`,
      customerId: `customer-${upTo(5_000)}`,
      sku: changes.sku ?? pick(skus),
      quantity,
      totalCents: quantity * (449 + 50 * upTo(150)),
      currency,
      paymentToken: changes.paymentToken ?? pick(cards),
      address: {
        name: `Customer ${count}`,
        line1: `${upTo(120)} Station Road`,
        ...home,
        ...(changes.postcode && { postcode: changes.postcode }),
      },
    };
  }
}

/** Test SKUs that begin like this are never on the shelf; of any other there is enough for all orders of a batch. */
export const soldOutPrefix = "SOLD-OUT";

export function stockFor(orders: readonly Order[]): Record<string, number> {
  const stock = new Map<string, number>();
  for (const { sku, quantity } of orders)
    stock.set(sku, sku.startsWith(soldOutPrefix) ? 0 : (stock.get(sku) ?? 0) + quantity);
  return Object.fromEntries(stock);
}
