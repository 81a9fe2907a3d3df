import {
  begin,
  beginTooLate,
  look,
  lookInVain,
  markLost,
  move,
  moveTooLate,
  refundCharge,
  refundFails,
  refundNothing,
  reject,
  release,
  releaseFails,
  request,
  reserve,
  reserveInVain,
  type Take,
  voidNothing,
  voidShipment,
} from "./takes.ts";

/** An error as a log, a record or a Catch has it. */
export interface Why {
  readonly error: string;
  readonly message: string;
}

/**
 * One try of one step, as its code in shared/src/steps and shared/src/aws reads. The shell round it differs by variant,
 * and is added there.
 */
export interface Try {
  readonly step: string;
  /** Beside the move that it ends with. */
  readonly takes: readonly Take[];
  /** The milestone it moves the row to, and the status there; none for a try that fails. */
  readonly reaches?: { readonly event: string; readonly status: string; readonly isSettled?: true };
  /** The fields that the milestone adds to the row and its event tells, by their length. */
  readonly adds?: string;
  readonly refusal?: Why;
  readonly failure?: Why;
  /** Why the placement is rejected: its document keeps it, and nothing moves. */
  readonly rejection?: Why;
  /** What the row was parked for. */
  readonly reason?: Why;
  /** Somebody else has moved the row on, to this status: whoever runs the step goes on from there. */
  readonly overtakenAt?: string;
  /** Somebody else has moved the row, and perhaps said so: this try says it again. */
  readonly isSecond?: true;
}

/** What a step throws that finds the row moved on. */
export const overtaken = (step: string, orderId: string, status: string): Try => ({
  step,
  takes: [look],
  failure: { error: "OrderOvertaken", message: `order ${orderId} is ${status}: nothing left to do for ${step}` },
  overtakenAt: status,
});

/** An id that a service gives: a prefix and twelve digits. */
const receipt = (field: string, prefix: string): string => `"${field}":"${prefix}-123456789ABC"`;

export const creates: Try = {
  step: "CreateOrder",
  // Of the row, which is not there; of the document.
  takes: [lookInVain, look, begin],
  reaches: { event: "OrderCreated", status: "PENDING" },
};

const reserved = { event: "InventoryReserved", status: "RESERVED" };
export const reserves: Try = {
  step: "ReserveInventory",
  takes: [look, reserve, move],
  reaches: reserved,
  adds: receipt("reservationId", "RES"),
};
export const cannotReserve = (units: number): Try => ({
  step: "ReserveInventory",
  takes: [look, reserveInVain],
  reaches: { event: "InventoryFailed", status: "INVENTORY_FAILED", isSettled: true },
  refusal: { error: "InventoryUnavailable", message: `${units} of TEAPOT cannot be reserved` },
});

export const charges: Try = {
  step: "ChargePayment",
  takes: [look, request, move],
  reaches: { event: "PaymentCharged", status: "CHARGED" },
  adds: receipt("chargeId", "CH"),
};
/** After a first request that was lost. */
export const chargesAtLast: Try = { ...charges, takes: [look, markLost, request, move] };
export const isDeclined: Try = {
  step: "ChargePayment",
  takes: [look, request, move],
  reaches: { event: "PaymentDeclined", status: "PAYMENT_DECLINED" },
  refusal: { error: "PaymentDeclined", message: "payment declined: by the issuer" },
};

export const ships: Try = {
  step: "ShipOrder",
  takes: [look, request],
  reaches: { event: "OrderShipped", status: "SHIPPED", isSettled: true },
  adds: receipt("trackingNumber", "TRK"),
};
export const shipsAtLast: Try = { ...ships, takes: [look, markLost, request] };
export const isRefusedShipping: Try = {
  step: "ShipOrder",
  takes: [look, request, move],
  reaches: { event: "ShippingFailed", status: "SHIPPING_FAILED" },
  refusal: { error: "ShippingFailed", message: "carrier refused: no delivery to this address" },
};

/** Claims the row, asks the carrier to void, the gateway to refund, and moves the row. */
const undoing = (...services: Take[]): Try => ({
  step: "RefundPayment",
  takes: [look, move, ...services, move],
  reaches: { event: "PaymentRefunded", status: "PAYMENT_REFUNDED" },
});
export const refunds = undoing(voidNothing, refundCharge);
export const refundsAndVoids = undoing(voidShipment, refundCharge);
export const voidsAll = undoing(voidNothing, refundNothing);

export const releases: Try = {
  step: "ReleaseInventory",
  takes: [look, move, release],
  reaches: { event: "InventoryReleased", status: "INVENTORY_RELEASED", isSettled: true },
};

/** A step whose request has no answer: what it asks is entered or not, and the row does not move. */
const loses = (step: string, error: string, whom: string, ...services: Take[]) => {
  return (placementId: string): Try => ({
    step,
    takes: [look, ...services],
    failure: { error, message: `no answer from ${whom} to ${placementId}.1:${step}` },
  });
};
const fromStock = ["ReserveInventory", "InventoryTimedOut", "the inventory"] as const;
const fromGateway = ["ChargePayment", "PaymentTimedOut", "the payment gateway"] as const;
const fromCarrier = ["ShipOrder", "ShippingTimedOut", "the carrier"] as const;
export const reservationUnanswered = loses(...fromStock, reserve);
export const reservationUnansweredAgain = loses(...fromStock, reserveInVain);
export const chargeUnanswered = loses(...fromGateway, request);
export const chargeNeverArrives = loses(...fromGateway);
export const firstChargeLost = loses(...fromGateway, markLost);
export const shipmentUnanswered = loses(...fromCarrier, request);
export const shipmentNeverArrives = loses(...fromCarrier);
export const firstShipmentLost = loses(...fromCarrier, markLost);

/** The first try claims the row; the next find it claimed. */
const fails = (step: string, service: Take, failure: Why): { first: Try; again: Try } => ({
  first: { step, takes: [look, move, service], failure },
  again: { step, takes: [look, service], failure },
});
const noRefund = { error: "RefundUnavailable", message: "the payment gateway does not refund CH-123456789ABC" };
const refundFailing = fails("RefundPayment", refundFails, noRefund);
// The carrier is asked before the gateway fails, and has nothing to void.
const withVoid = (each: Try): Try => ({ ...each, takes: [...each.takes, voidNothing] });
export const refundsInVain = [refundFailing.first, refundFailing.again, refundFailing.again].map(withVoid);
const noRelease = { error: "ReleaseUnavailable", message: "the inventory does not release RELEASE-FAILS" };
const releaseFailing = fails("ReleaseInventory", releaseFails, noRelease);
export const releasesInVain = [releaseFailing.first, releaseFailing.again, releaseFailing.again];

export const parks = (reason: Why): Try => ({
  step: "ParkOrder",
  takes: [look],
  reaches: { event: "OrderParked", status: "NEEDS_ATTENTION", isSettled: true },
  reason,
});
export const unmended = { refund: noRefund, release: noRelease };

/** The orderId is another placement's: so says the cancelled transaction, and a second look at row and document. */
export const conflicts = (orderId: string): Try => ({
  step: "CreateOrder",
  takes: [look, look, beginTooLate, look, look, reject],
  rejection: { error: "OrderConflict", message: `order ${orderId} is another than this placement's` },
});

// The same placement a second time, call by call beside the first: it finds done what the first did just before.
export const createsSecond: Try = { ...creates, takes: [lookInVain, look, beginTooLate, look], isSecond: true };
export const reservesSecond: Try = { ...reserves, takes: [look, reserveInVain, moveTooLate, look], isSecond: true };
// The first is two calls ahead by now.
export const chargesSecond: Try = { ...charges, takes: [look], isSecond: true };
export const shipsSecond: Try = { ...ships, takes: [look, request, moveTooLate, look], isSecond: true };
