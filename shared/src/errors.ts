import type { z } from "zod/mini";

/**
 * An error that a Catch matches by name. Each class writes its name as a literal: once a bundle is minified, the name
 * that JavaScript gives a class is "e".
 */
abstract class NamedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** The answer is no, and stays no: the saga goes back, or has nothing to do. Never retried. */
export abstract class Refusal extends NamedError {
  declare protected readonly family: "refusal";
}

/** No answer: the effect may have happened. Retried under the same idempotency key, then undone as if it had. */
export abstract class Ambiguity extends NamedError {
  declare protected readonly family: "ambiguity";
}

/** A class of errors, and the name a Catch matches. */
export interface ErrorClass<Family extends Error> {
  new (...args: never[]): Family;
  readonly name: string;
}

/** One field of an order that is not as it must be. */
export interface Issue {
  /** Where in the order, for instance `address.postcode`; `(order)` for the whole. */
  readonly field: string;
  readonly message: string;
}

export class InvalidOrder extends Refusal {
  static override readonly name = "InvalidOrder";
  readonly issues: readonly Issue[];

  constructor(error: z.core.$ZodError) {
    const issues = error.issues.map(({ path, message }) => ({ field: path.join(".") || "(order)", message }));
    super(`order refused: ${issues.map(({ field, message }) => `${field}: ${message}`).join("; ")}`);
    this.issues = issues;
  }
}

/** The orderId stands for another placement's order, or the placement for other content. */
export class OrderConflict extends Refusal {
  static override readonly name = "OrderConflict";
  constructor(orderId: string, is = "another than this placement's") {
    super(`order ${orderId} is ${is}`);
  }
}

/** Somebody said that an order was placed, and nobody wrote its document. */
export class PlacementNotFound extends Refusal {
  static override readonly name = "PlacementNotFound";
  constructor(placementId: string) {
    super(`placement ${placementId} is not in the table`);
  }
}

/** A message in another version of the contracts than this code reads. */
export class UnsupportedVersion extends Refusal {
  static override readonly name = "UnsupportedVersion";
  constructor(version: unknown) {
    super(`version ${JSON.stringify(version)} of the event is not supported`);
  }
}

/** Thrown when parking is done, in a coordination that must not take a parked order for a finished one. */
export class NeedsAttention extends Refusal {
  static override readonly name = "NeedsAttention";
  constructor() {
    super("Compensation failed, order needs attention");
  }
}

export class InventoryUnavailable extends Refusal {
  static override readonly name = "InventoryUnavailable";
  constructor(sku: string, quantity: number) {
    super(`${quantity} of ${sku} cannot be reserved`);
  }
}

export class PaymentDeclined extends Refusal {
  static override readonly name = "PaymentDeclined";
  constructor(reason: string) {
    super(`payment declined: ${reason}`);
  }
}

export class ShippingFailed extends Refusal {
  static override readonly name = "ShippingFailed";
  constructor(reason: string) {
    super(`carrier refused: ${reason}`);
  }
}

/** A person is asked, and has not answered yet. Nothing was charged. */
export class ApprovalPending extends Refusal {
  static override readonly name = "ApprovalPending";
  constructor(orderId: string) {
    super(`order ${orderId} waits for approval`);
  }
}

/** A person said no, or nobody said anything in time. */
export class ApprovalDenied extends Refusal {
  static override readonly name = "ApprovalDenied";
  constructor(by: string) {
    super(`approval denied by ${by}`);
  }
}

/** An order above the limit, where a coordination cannot wait for a person. */
export class ApprovalNotSupported extends Refusal {
  static override readonly name = "ApprovalNotSupported";
  constructor(orderId: string, aboveCents: number) {
    super(`order ${orderId} is above ${aboveCents} and would wait for approval, which nobody can wait for here`);
  }
}

/** Whoever would wait for an approval need not wait any more. */
export class ApprovalDecided extends Refusal {
  static override readonly name = "ApprovalDecided";
  constructor(orderId: string) {
    super(`order ${orderId} does not wait for approval any more`);
  }
}

/** No answer arrived. The charge may exist: retry with the same idempotency key, then refund. */
export class PaymentTimedOut extends Ambiguity {
  static override readonly name = "PaymentTimedOut";
  constructor(idempotencyKey: string) {
    super(`no answer from the payment gateway to ${idempotencyKey}`);
  }
}

/** No answer arrived. A parcel may be on its way: retry with the same idempotency key, then void the shipment. */
export class ShippingTimedOut extends Ambiguity {
  static override readonly name = "ShippingTimedOut";
  constructor(idempotencyKey: string) {
    super(`no answer from the carrier to ${idempotencyKey}`);
  }
}

/** No answer arrived. The units may be held: retry with the same idempotency key, then release. */
export class InventoryTimedOut extends Ambiguity {
  static override readonly name = "InventoryTimedOut";
  constructor(idempotencyKey: string) {
    super(`no answer from the inventory to ${idempotencyKey}`);
  }
}

/** The inventory does not take units back now; they are still held. */
export class ReleaseUnavailable extends NamedError {
  static override readonly name = "ReleaseUnavailable";
  constructor(sku: string) {
    super(`the inventory does not release ${sku}`);
  }
}

/** The gateway does not take refunds now; the money is still with the shop. */
export class RefundUnavailable extends NamedError {
  static override readonly name = "RefundUnavailable";
  constructor(chargeId: string) {
    super(`the payment gateway does not refund ${chargeId}`);
  }
}

/** The order is not in the table (yet): delivery is unordered, so this is retried. */
export class OrderNotFound extends NamedError {
  static override readonly name = "OrderNotFound";
  constructor(orderId: string) {
    super(`order ${orderId} is not in the table`);
  }
}

/** Others moved the order each time that the step looked. Nothing was changed by the last look: this is retried. */
export class OrderContended extends NamedError {
  static override readonly name = "OrderContended";
  constructor(orderId: string, step: string) {
    super(`order ${orderId} moved under ${step} at every look`);
  }
}

/** The order moved on without this step, for instance because it was compensated meanwhile. Nothing was changed. */
export class OrderOvertaken extends Refusal {
  static override readonly name = "OrderOvertaken";
  constructor(orderId: string, step: string, status: string) {
    super(`order ${orderId} is ${status}: nothing left to do for ${step}`);
  }
}
