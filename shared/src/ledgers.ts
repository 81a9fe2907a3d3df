import type { OrderRecord } from "./ports.ts";
import type { StepName } from "./steps/step-names.ts";

/** What a simulated service enters in its ledger, once for each idempotency key. */
export interface Entry {
  readonly idempotencyKey: string;
}

/** @returns the key of what a step asks for: the same on each of its tries, and another in each generation */
export const idempotencyKeyOf = (
  { placementId, generation }: Pick<OrderRecord, "placementId" | "generation">,
  step: StepName,
): string => `${placementId}.${generation}:${step}`;

/** @returns the generation of the order that made the request which an entry answers; NaN where its key has none */
export const generationOf = ({ idempotencyKey }: Entry): number => Number(/\.(\d+):/.exec(idempotencyKey)?.[1]);

/** HELD units are out of stock; REFUSED and RELEASED rows keep their key from ever holding any. */
export interface Reservation extends Entry {
  readonly state: "HELD" | "REFUSED" | "RELEASED";
  readonly sku: string;
  readonly quantity: number;
  readonly reservationId: string;
}

/** DECLINED and VOIDED rows keep their key from ever charging. */
export interface Charge extends Entry {
  readonly state: "CHARGED" | "DECLINED" | "REFUNDED" | "VOIDED";
  readonly amountCents: number;
  readonly currency: string;
  readonly chargeId: string;
  readonly paymentToken: string;
}

export interface Refund extends Entry {
  readonly amountCents: number;
  readonly currency: string;
  readonly chargeId: string;
}

/** REFUSED and VOIDED rows keep their key from ever shipping. */
export interface Shipment extends Entry {
  readonly state: "SHIPPED" | "REFUSED" | "VOIDED";
  readonly trackingNumber: string;
}

/** The ledgers, by the first part of their rows' sort key. */
export interface Ledgers {
  readonly RESERVATION: Reservation;
  readonly CHARGE: Charge;
  readonly REFUND: Refund;
  readonly SHIPMENT: Shipment;
}

// For each state whether its effect stands. A new state does not compile before it says so.

/** Whether the units are out of stock. */
export const holdsUnits: Readonly<Record<Reservation["state"], boolean>> = {
  HELD: true,
  REFUSED: false,
  RELEASED: false,
};

/** Whether money was taken. A refunded charge was a charge; what went back stands in the ledger of refunds. */
export const tookMoney: Readonly<Record<Charge["state"], boolean>> = {
  CHARGED: true,
  DECLINED: false,
  REFUNDED: true,
  VOIDED: false,
};

/** Whether a parcel is on its way. */
export const sentParcel: Readonly<Record<Shipment["state"], boolean>> = {
  SHIPPED: true,
  REFUSED: false,
  VOIDED: false,
};
