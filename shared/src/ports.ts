import type { Approval, ApprovalPolicy } from "./approval.ts";
import type { Milestone, OrderStatus } from "./lifecycle.ts";
import type { AnyOrder, Obtained, Order } from "./order.ts";
import type { PlacementRef } from "./placement.ts";

/** An error in two words: its name, and what it said. */
export interface Reason {
  readonly error: string;
  readonly message: string;
}

/** The order row: the order as far as it got, its status, every status it has been in, and whose it is. */
export interface OrderRecord {
  readonly order: AnyOrder;
  readonly status: OrderStatus;
  readonly statuses: readonly OrderStatus[];
  readonly placementId: string;
  /** From 1. An order that was undone may begin anew, with idempotency keys of its own. */
  readonly generation: number;
  /** Of a parked order: what its undo failed for. */
  readonly reason?: Reason;
  /** Of an order that a person was asked about, once it is decided. */
  readonly approval?: Approval;
  /** Of the last move, ISO 8601. Evidence does not have it. */
  readonly since?: string;
}

export interface Orders {
  /** Strongly consistent. */
  get(orderId: string): Promise<OrderRecord | undefined>;
  /**
   * Writes the order's row as it is after `milestone`, and marks its document as taken, in one transaction.
   * @returns nothing when the orderId has a row, or the document is no longer there to be taken
   */
  create(order: Order, placementId: string, milestone: Milestone): Promise<OrderRecord | undefined>;
  /**
   * Makes the milestone's move, and keeps what the step adds, in one conditional write.
   * @returns false when the row's status does not allow it, or the row is another placement's or generation's
   */
  move(record: OrderRecord, milestone: Milestone, added?: Added): Promise<boolean>;
  /**
   * Keeps the task token by which an execution waits for the approval, instead of one that it kept before.
   * @returns false when the order does not wait any more
   */
  keepToken(record: OrderRecord, taskToken: string): Promise<boolean>;
  /** Notes that the last fact of a settled order was said: nothing is left to do. */
  said(record: OrderRecord, milestone: Milestone): Promise<void>;
}

/** Something that is open: an order under way or with something unsaid, or a placement that nobody took. */
export interface OpenOrder extends PlacementRef {
  /** Of the last move, ISO 8601. */
  readonly since: string;
  /** How often the sweeper acted since then. */
  readonly sweeps: number;
  /** The order's row; a placement that nobody took has none. */
  readonly record?: OrderRecord;
}

export interface OpenOrders {
  /**
   * Those that are open, the longest first, each as it is when it is its turn.
   * @param before when each made its last move, or earlier: ISO 8601
   */
  restingSince(before: string): AsyncIterable<OpenOrder>;
  /** Notes that the sweeper acted, unless the order has moved meanwhile. */
  swept(open: OpenOrder): Promise<void>;
}

/** What a move adds to the row. */
export type Added = Partial<Obtained> & { readonly reason?: Reason; readonly approval?: Approval };

/** What a client wrote, until it became an order: PLACED, then TAKEN into a row or REJECTED. */
export interface PlacementRecord extends PlacementRef {
  readonly state: "PLACED" | "TAKEN" | "REJECTED";
  /** Not yet validated. Only a placed one has it: afterwards name, address and token are in the row, or nowhere. */
  readonly order?: unknown;
  /** Why it was rejected. */
  readonly reason?: Reason;
}

export interface Placements {
  /** Strongly consistent. */
  get(placementId: string): Promise<PlacementRecord | undefined>;
  /** Tells a placement that nothing was placed; one that was taken stays so. */
  reject(placementId: string, reason: Reason): Promise<void>;
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
  readonly placements: Placements;
  readonly inventory: Inventory;
  readonly payments: Payments;
  readonly carrier: Carrier;
  /** Absent where a stack has no limit. */
  readonly approval?: ApprovalPolicy;
  /** Orders above this would wait for a person, whom this coordination cannot wait for: none becomes an order. */
  readonly refusesAboveCents?: number;
}
