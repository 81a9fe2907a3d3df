import * as z from "zod";
import type { SagaEvent } from "./lifecycle.ts";
import { AnyOrder, ChargedOrder, CreatedOrder, OrderId, ReservedOrder, ShippedOrder } from "./order.ts";

/** `source` of every event of the saga. */
export const eventSource = "ovsc.order-saga";

/** Of the contracts below. A consumer matches it in its pattern, so a new version never reaches old code. */
export const eventVersion = 1;

const envelope = {
  version: z.literal(eventVersion),
  /** The orderId: one saga, one correlation id. */
  correlationId: OrderId,
  /** The id of the event, or of the client's request, that led to this one. */
  causationId: z.string().min(1),
};

const about = <T extends z.ZodType>(order: T) => z.strictObject({ ...envelope, order });

/**
 * What `detail` holds, by `detail-type`. Events are facts: named in the past tense, and they carry the order as it then
 * was.
 */
export const eventContracts = {
  /** From the client, hence not yet validated. Without an orderId the event's own id becomes it. */
  OrderPlaced: z
    .strictObject({ ...envelope, correlationId: OrderId.optional(), order: z.unknown() })
    .refine(
      ({ correlationId, order }) =>
        correlationId === undefined || [undefined, correlationId].includes(orderIdOf(order)),
      {
        path: ["order", "orderId"],
        message: "another than the event's correlationId",
      },
    ),
  OrderRejected: z.strictObject({ ...envelope, correlationId: z.string(), error: z.string(), reason: z.string() }),
  OrderCreated: about(CreatedOrder),
  InventoryReserved: about(ReservedOrder),
  InventoryFailed: about(CreatedOrder),
  PaymentCharged: about(ChargedOrder),
  PaymentDeclined: about(ReservedOrder),
  OrderShipped: about(ShippedOrder),
  ShippingFailed: about(ChargedOrder),
  PaymentRefunded: about(AnyOrder),
  InventoryReleased: about(AnyOrder),
  OrderParked: about(AnyOrder),
} as const satisfies Record<SagaEvent | "OrderPlaced" | "OrderRejected", z.ZodType>;
export type EventName = keyof typeof eventContracts;

export const isEventName = (name: string): name is EventName => Object.hasOwn(eventContracts, name);

export type EventDetail<Name extends EventName> = z.infer<(typeof eventContracts)[Name]>;

/** The orderId of something that may be an order. */
function orderIdOf(order: unknown): string | undefined {
  const orderId = typeof order === "object" && order !== null && "orderId" in order ? order.orderId : undefined;
  return typeof orderId === "string" ? orderId : undefined;
}
