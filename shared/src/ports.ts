import type { Milestone, OrderStatus } from "./lifecycle.ts";
import type { AnyOrder, Obtained, Order } from "./order.ts";

/** The order row: the order as far as it got, its status, and every status it has been in. */
export interface OrderRecord {
  readonly order: AnyOrder;
  readonly status: OrderStatus;
  readonly statuses: readonly OrderStatus[];
}

export interface Orders {
  /** Strongly consistent. */
  get(orderId: string): Promise<OrderRecord | undefined>;
  /** @returns the row that was there before, and then nothing was written */
  create(order: Order): Promise<OrderRecord | undefined>;
  /**
   * Makes the milestone's move, and keeps what the step obtained, in one conditional write.
   * @returns false when the row's status does not allow it
   */
  move(orderId: string, milestone: Milestone, obtained?: Partial<Obtained>): Promise<boolean>;
}

// Every request carries an idempotency key that is the same on each retry. The undo of a request carries the key of the
// request it undoes: if that never arrived, the undo keeps it from taking effect later (a tombstone).

export interface Inventory {
  /** Counts `quantity` units out of stock, once. @throws InventoryUnavailable */
  reserve(request: {
    orderId: string;
    sku: string;
    quantity: number;
    idempotencyKey: string;
  }): Promise<{ reservationId: string }>;
  /** Counts the reserved units back in, once. */
  release(request: { orderId: string; sku: string; reservationKey: string }): Promise<void>;
}

export interface Payments {
  /** @throws PaymentDeclined or PaymentTimedOut (the charge may exist) */
  charge(request: {
    orderId: string;
    amountCents: number;
    currency: string;
    paymentToken: string;
    idempotencyKey: string;
  }): Promise<{ chargeId: string }>;
  /** Gives back what was charged under `chargeKey`, once; voids the key where nothing was. @throws RefundUnavailable */
  refund(request: { orderId: string; chargeKey: string; idempotencyKey: string }): Promise<void>;
}

export interface Carrier {
  /** @throws ShippingFailed or ShippingTimedOut (a parcel may be on its way) */
  ship(request: {
    orderId: string;
    address: Order["address"];
    idempotencyKey: string;
  }): Promise<{ trackingNumber: string }>;
  /** Takes back the shipment under `shipmentKey`, and voids the key where there was none. */
  void(request: { orderId: string; shipmentKey: string }): Promise<void>;
}

export interface Ports {
  readonly orders: Orders;
  readonly inventory: Inventory;
  readonly payments: Payments;
  readonly carrier: Carrier;
}
