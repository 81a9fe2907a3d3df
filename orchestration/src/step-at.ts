import type { OrderStatus, StepName } from "@ovsc/shared";

/** The step to go on with from each status: it does its work there, or says again what it came to. */
export const stepAt: Readonly<Record<OrderStatus, StepName>> = {
  PENDING: "ReserveInventory",
  INVENTORY_FAILED: "ReserveInventory",
  RESERVED: "ChargePayment",
  PAYMENT_DECLINED: "ChargePayment",
  AWAITING_APPROVAL: "ChargePayment",
  APPROVAL_DENIED: "ChargePayment",
  CHARGED: "ShipOrder",
  SHIPPING_FAILED: "ShipOrder",
  SHIPPED: "ShipOrder",
  REFUNDING: "RefundPayment",
  PAYMENT_REFUNDED: "RefundPayment",
  RELEASING: "ReleaseInventory",
  INVENTORY_RELEASED: "ReleaseInventory",
  NEEDS_ATTENTION: "ParkOrder",
};
