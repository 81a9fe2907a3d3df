import type { OrderRecord, SagaEvent } from "@ovsc/shared";

/** The ways to a customer. */
export const channels = ["email", "sms", "push"] as const;

/** To whom a message goes: a customer on one of his channels, or the shop. */
export type Channel = (typeof channels)[number] | "shop";

/** What is said of each fact that anybody is told. */
export const messages = {
  OrderShipped: ({ order }) =>
    `Order ${order.orderId} is on its way${"trackingNumber" in order ? ` as ${order.trackingNumber}` : ""}.`,
  InventoryFailed: ({ order }) => `Order ${order.orderId} cannot be filled. Nothing was charged.`,
  InventoryReleased: ({ order }) => `Order ${order.orderId} was cancelled. Whatever was charged went back.`,
  OrderParked: ({ order }) => `Order ${order.orderId} is delayed. Somebody looks after it.`,
} as const satisfies Partial<Record<SagaEvent, (record: OrderRecord) => string>>;
