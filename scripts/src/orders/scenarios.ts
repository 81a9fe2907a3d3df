import type { OrderRequest, OrderStatus, PlacementEnd } from "@ovsc/shared";
import { exit, Failure } from "../failure.ts";

/** Orders that are placed together, the stock they find, and how each must end. */
export interface Scenario {
  readonly name: string;
  /** A sentence about orders. */
  readonly title: string;
  /** Units on the shelf before, by SKU. */
  readonly stock: Readonly<Record<string, number>>;
  readonly orders: readonly OrderRequest[];
  /** Who places each order, one client if not given: the same order of the same client is the same placement. */
  readonly placedBy?: readonly string[];
  /** How each order ends, in the order of `orders`; for interchangeable orders, in any order. */
  readonly ends: readonly PlacementEnd[];
  /** Why an order does not ship, in the words of a coordination that keeps a record of it, such as an execution. */
  readonly cause?: string;
  /** Clients that wait for an answer hang up after a second. */
  readonly hangsUp?: true;
  /** True when either order may win, so that only the set of outcomes counts. */
  readonly interchangeable?: boolean;
}

const order = (changes: Partial<OrderRequest> & { postcode?: string } = {}): OrderRequest => {
  const { postcode = "SW1A 1AA", ...rest } = changes;
  return {
    orderId: "order-1",
    customerId: "customer-7",
    sku: "TEAPOT",
    quantity: 2,
    totalCents: 4_998,
    currency: "GBP",
    paymentToken: "tok_visa",
    address: { name: "Ada Lovelace", line1: "12 St James's Square", city: "London", postcode, country: "GB" },
    ...rest,
  };
};

const one = (
  name: string,
  title: string,
  changes: Parameters<typeof order>[0],
  end: OrderStatus,
  cause?: string,
): Scenario => {
  const { sku, ...rest } = order(changes);
  return { name, title, stock: { [sku]: 10 }, orders: [{ ...rest, sku }], ends: [end], ...(cause && { cause }) };
};

/** What a record of an order that did not ship says in the end. */
const causes = {
  refused: "Order refused",
  reservation: "Inventory unavailable",
  unanswered: "Reservation failed and inventory released",
  declined: "Payment declined and inventory released",
  parked: "Compensation failed, order needs attention",
  payment: "Payment failed, payment refunded and inventory released",
  shipping: "Shipping failed, payment refunded and inventory released",
} as const;

/** The named scenarios of `compare`, of the end-to-end suite and of the tests: written once, run everywhere. */
export const scenarios: readonly Scenario[] = [
  one("happy", "ships an order that everyone accepts", {}, "SHIPPED"),
  one(
    "large-order",
    "ships an order with a gift note of 300 KB, of which messages say no more than of others",
    { giftNote: "Well done!".repeat(30_000) },
    "SHIPPED",
  ),
  one(
    "out-of-stock",
    "fails an order that the shelf cannot fill",
    { quantity: 11 },
    "INVENTORY_FAILED",
    causes.reservation,
  ),
  one(
    "declined",
    "releases the stock of an order whose payment is declined",
    { paymentToken: "tok_declined" },
    "INVENTORY_RELEASED",
    causes.declined,
  ),
  one(
    "shipping-refused",
    "refunds once when the carrier refuses a charged order",
    { postcode: "REFUSED" },
    "INVENTORY_RELEASED",
    causes.shipping,
  ),
  {
    name: "last-unit",
    title: "ships one of two orders for the last unit",
    stock: { TEAPOT: 1 },
    orders: [order({ quantity: 1 }), order({ orderId: "order-2", customerId: "customer-8", quantity: 1 })],
    ends: ["SHIPPED", "INVENTORY_FAILED"],
    cause: causes.reservation,
    interchangeable: true,
  },
  {
    name: "order-id-taken",
    title: "ships one of two orders under the same orderId, and rejects the other",
    stock: { TEAPOT: 10 },
    orders: [order(), order({ customerId: "customer-8" })],
    placedBy: ["first", "second"],
    ends: ["SHIPPED", "REJECTED"],
    cause: causes.refused,
    interchangeable: true,
  },
  {
    name: "submitted-twice",
    title: "charges and ships once when the same order is submitted twice",
    stock: { TEAPOT: 10 },
    orders: [order(), order()],
    ends: ["SHIPPED", "SHIPPED"],
  },
  {
    ...one(
      "client-hangs-up",
      "charges and ships once when the client hangs up while his order is under way",
      { paymentToken: "tok_answer_lost_once" },
      "SHIPPED",
    ),
    hangsUp: true,
  },
  one(
    "reservation-answer-lost",
    "releases a reservation whose every answer is lost",
    { sku: "ANSWER-LOST" },
    "INVENTORY_RELEASED",
    causes.unanswered,
  ),
  one(
    "charge-answer-lost-once",
    "charges once when the answer to the charge is lost",
    { paymentToken: "tok_answer_lost_once" },
    "SHIPPED",
  ),
  one(
    "charge-request-lost-once",
    "charges once when the first request never arrives",
    { paymentToken: "tok_request_lost_once" },
    "SHIPPED",
  ),
  one(
    "charge-answer-lost",
    "refunds a charge whose every answer is lost",
    { paymentToken: "tok_answer_lost" },
    "INVENTORY_RELEASED",
    causes.payment,
  ),
  one(
    "charge-request-lost",
    "voids a charge that never arrives",
    { paymentToken: "tok_request_lost" },
    "INVENTORY_RELEASED",
    causes.payment,
  ),
  one(
    "shipping-answer-lost-once",
    "ships once when the carrier's answer is lost",
    { postcode: "ANSWER-LOST-ONCE" },
    "SHIPPED",
  ),
  one(
    "shipping-request-lost-once",
    "ships once when the first request never reaches the carrier",
    { postcode: "REQUEST-LOST-ONCE" },
    "SHIPPED",
  ),
  one(
    "shipping-answer-lost",
    "voids the shipment and refunds when every answer of the carrier is lost",
    { postcode: "ANSWER-LOST" },
    "INVENTORY_RELEASED",
    causes.shipping,
  ),
  one(
    "shipping-request-lost",
    "refunds when no request reaches the carrier",
    { postcode: "REQUEST-LOST" },
    "INVENTORY_RELEASED",
    causes.shipping,
  ),
  one(
    "refund-fails",
    "parks an order whose refund keeps failing",
    { paymentToken: "tok_refund_fails", postcode: "REFUSED" },
    "NEEDS_ATTENTION",
    causes.parked,
  ),
  one(
    "refund-fails-late",
    "parks an order that never reaches the carrier, and whose refund keeps failing then",
    { paymentToken: "tok_refund_fails", postcode: "REQUEST-LOST" },
    "NEEDS_ATTENTION",
    causes.parked,
  ),
  one(
    "release-fails",
    "parks an order whose stock cannot be released",
    { sku: "RELEASE-FAILS", paymentToken: "tok_declined" },
    "NEEDS_ATTENTION",
    causes.parked,
  ),
];

/** @param command to try, with one that exists @throws Failure naming the scenarios that exist */
export function scenarioNamed(name: string, command: string): Scenario {
  const scenario = scenarios.find((each) => each.name === name);
  if (scenario) return scenario;
  const names = scenarios.map((each) => each.name).join(", ");
  throw new Failure(`unknown scenario ${name}: there are ${names}`, {
    exitCode: exit.usage,
    next: `${command} --scenario happy`,
  });
}
