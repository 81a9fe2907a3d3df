import * as z from "zod/mini";
import type { Milestone } from "./lifecycle.ts";
import { ShippedOrder } from "./order.ts";
import { PlacementRef } from "./placement.ts";

/** `source` of every event of the saga. */
export const eventSource = "ovsc.order-saga";

/** Of the contracts below. A consumer matches it in its pattern, so another version never reaches its code. */
export const eventVersion = 2;

const envelope = {
  version: z.literal(eventVersion),
  /** The id of the event, or of the client's request, that led to this one. */
  causationId: z.string().check(z.minLength(1)),
  /** Of the order, where it is not the first. */
  generation: PlacementRef.shape.generation,
};
const { orderId, placementId } = PlacementRef.shape;
const { reservationId, chargeId, trackingNumber } = ShippedOrder.shape;

const about = (fields: z.core.$ZodLooseShape) => ({ ...envelope, orderId, placementId, ...fields });
const why = { error: z.string(), reason: z.string() };

/**
 * What `detail` holds, by `detail-type`. Events are facts, named in the past tense: whose order it is, and what grew.
 * Whatever else a step wants to know it reads from the row, so no event can make it do what the row does not say, and
 * none holds personal data.
 */
export const eventContracts = {
  /** From the client, who wrote the order's document first. */
  OrderPlaced: about({}),
  /** Told to one placement. It is not about the order, which may be another's. */
  OrderRejected: { ...envelope, placementId: z.optional(z.string()), ...why },
  OrderCreated: about({}),
  InventoryReserved: about({ reservationId }),
  InventoryFailed: about(why),
  PaymentCharged: about({ chargeId }),
  PaymentDeclined: about(why),
  OrderShipped: about({ trackingNumber }),
  ShippingFailed: about(why),
  PaymentRefunded: about({}),
  InventoryReleased: about({}),
  OrderParked: about(why),
  // Where a stack has a limit: from ChargePayment, then from whoever decided.
  ApprovalRequested: about({}),
  ApprovalGranted: about({}),
  ApprovalDenied: about({}),
  // From an operator, who moved the row first.
  RepairStarted: about({}),
  // From the sweeper, where an undo has begun and nobody goes on with it.
  RefundStarted: about({}),
  ReleaseStarted: about({}),
} as const satisfies Record<Milestone | "OrderPlaced" | "OrderRejected", z.core.$ZodLooseShape>;
export type EventName = keyof typeof eventContracts;

export const isEventName = (name: string): name is EventName => Object.hasOwn(eventContracts, name);

/** @returns the event's detail, made of those of the given fields that its contract names @throws $ZodError */
export const detailOf = (
  name: EventName,
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => contractOf(name).parse({ version: eventVersion, ...fields });

/** Each is made when it is first asked for: an execution environment says few of them, and starts the sooner. */
function contractOf(name: EventName): z.ZodMiniObject {
  const contract = contracts.get(name) ?? z.object(eventContracts[name]);
  contracts.set(name, contract);
  return contract;
}

const contracts = new Map<EventName, z.ZodMiniObject>();
