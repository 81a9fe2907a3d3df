import * as z from "zod/mini";
import en from "zod/v4/locales/en.js";

// With zod's small build an execution environment starts sooner. It tells what is wrong in the language it is given.
z.config(en());

/** Currencies the shop sells in, ISO 4217. Amounts are in the minor unit (cents, öre, rappen). */
export const currencies = ["CHF", "DKK", "EUR", "GBP", "NOK", "PLN", "SEK", "USD"] as const;

const text = (longest: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(longest));
const matching = (pattern: RegExp, says?: string) => z.string().check(z.regex(pattern, says));
const upTo = (most: number) => z.int().check(z.minimum(1), z.maximum(most));

/** Letters, digits, "-" and "_": an order id is also a key in the table and the name of an execution. */
export const OrderId = matching(/^[A-Za-z0-9_-]{1,64}$/, "1 to 64 letters, digits, - or _");

const Address = z.strictObject({
  name: text(100),
  line1: text(200),
  city: text(100),
  postcode: text(20),
  country: matching(/^[A-Z]{2}$/, "two capital letters, ISO 3166-1"),
});

/** In bytes of UTF-8: an order's row has it, and DynamoDB keeps rows of 400 KB at the most. */
const longestNoteBytes = 320_000;

const GiftNote = z
  .string()
  .check(z.refine((note) => Buffer.byteLength(note) <= longestNoteBytes, `at most ${longestNoteBytes} bytes of UTF-8`));

/**
 * What a customer asks for. `orderId` is the idempotency key of the whole saga; without one, whoever places the order
 * gives it one.
 */
export const OrderRequest = z.strictObject({
  orderId: z.optional(OrderId),
  customerId: text(64),
  sku: text(64),
  quantity: upTo(10_000),
  totalCents: upTo(1_000_000_000),
  currency: z.enum(currencies),
  paymentToken: text(64),
  address: Address,
  /** For the parcel. */
  giftNote: z.optional(GiftNote),
});
export type OrderRequest = z.infer<typeof OrderRequest>;

/** An order as it enters the saga: nothing missing, nothing more. */
export const Order = z.extend(OrderRequest, { orderId: OrderId });
export type Order = z.infer<typeof Order>;

/**
 * An order within the saga. It grows as the saga goes: each step adds what it obtained. What else travels with it, the
 * state machine's note of a failure for instance, is dropped.
 */
export const CreatedOrder = z.object(Order.shape);

export const ReservedOrder = z.extend(CreatedOrder, { reservationId: text(64) });
export type ReservedOrder = z.infer<typeof ReservedOrder>;

export const ChargedOrder = z.extend(ReservedOrder, { chargeId: text(64) });
export type ChargedOrder = z.infer<typeof ChargedOrder>;

export const ShippedOrder = z.extend(ChargedOrder, { trackingNumber: matching(/^TRK-[0-9A-Z]+$/) });
export type ShippedOrder = z.infer<typeof ShippedOrder>;

/** What the steps add to an order. */
export type Obtained = Omit<ShippedOrder, keyof Order>;

/** An order as far as it got: what a compensation is given. */
export const AnyOrder = z.union([ShippedOrder, ChargedOrder, ReservedOrder, CreatedOrder]);
export type AnyOrder = z.infer<typeof AnyOrder>;
