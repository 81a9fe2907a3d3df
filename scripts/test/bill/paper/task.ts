import { logLine } from "./count.ts";
import type { Try, Why } from "./tries.ts";

/** What a Fail state says, by the milestone or the failure that leads there. */
export const ends = {
  out: { error: "InventoryUnavailable", message: "Inventory unavailable" },
  refused: { error: "OrderRefused", message: "Order refused" },
  declined: { error: "PaymentDeclined", message: "Payment declined and inventory released" },
  shipping: { error: "ShippingFailed", message: "Shipping failed, payment refunded and inventory released" },
  payment: { error: "PaymentFailed", message: "Payment failed, payment refunded and inventory released" },
  reservation: { error: "ReservationFailed", message: "Reservation failed and inventory released" },
};
export const needsAttention = { error: "NeedsAttention", message: "Compensation failed, order needs attention" };
/** WhatFailed chooses by the furthest status of the way there. */
export const endAfter: Readonly<Record<string, Why>> = {
  PENDING: ends.reservation,
  RESERVED: ends.payment,
  PAYMENT_DECLINED: ends.declined,
  CHARGED: ends.shipping,
  SHIPPING_FAILED: ends.shipping,
};

/** What a try throws for a Catch to match: a refusal is no answer. */
export const thrownBy = ({ refusal, failure, rejection, reason }: Try): Why | undefined =>
  refusal ?? failure ?? rejection ?? (reason && needsAttention);

/** The furthest status of the way there. */
export const reachedBy = ({ reaches }: Try, before: string): string =>
  reaches && !["PAYMENT_REFUNDED", "INVENTORY_RELEASED", "NEEDS_ATTENTION"].includes(reaches.status)
    ? reaches.status
    : before;

/** The lines of a stack trace are left out. */
export const causeOf = ({ error, message }: Why): string =>
  `{"errorType":"${error}","errorMessage":"${message}","trace":["${error}: ${message}"]}`;

/** What the function of a step logs in a try that a state machine or a workflow asked for. */
export function linesOf(each: Try, about: object): number {
  const started = logLine("INFO", { message: "step started", ...about });
  const thrown = thrownBy(each);
  const failed = thrown ? { message: "step failed", ...about, error: thrown.error, reason: thrown.message } : undefined;
  const reached = each.reaches && {
    message: each.reaches.event,
    ...about,
    ...(each.refusal && { refusal: each.refusal.message }),
    ...(each.reason && { reason: each.reason.message }),
  };
  return started + (reached ? logLine("INFO", reached) : 0) + (failed ? logLine("WARN", failed) : 0);
}
