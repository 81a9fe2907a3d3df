import type { EndingName } from "@ovsc/shared";

/** The errors that an execution fails with, and the ending that each tells of; nothing where it knows of none. */
export const endsOf = {
  OrderRefused: undefined,
  InventoryUnavailable: "INVENTORY_FAILED",
  PaymentDeclined: "INVENTORY_RELEASED",
  PaymentFailed: "INVENTORY_RELEASED",
  ShippingFailed: "INVENTORY_RELEASED",
  ReservationFailed: "INVENTORY_RELEASED",
  ApprovalDenied: "INVENTORY_RELEASED",
  NeedsAttention: "NEEDS_ATTENTION",
} as const satisfies Readonly<Record<string, EndingName | undefined>>;

/** @returns the ending that an execution tells of by its status and error, for instance SUCCEEDED: SHIPPED */
export function toldBy(status: string, error: string | undefined): EndingName | undefined {
  if (status === "SUCCEEDED") return "SHIPPED";
  return error !== undefined && Object.hasOwn(endsOf, error) ? endsOf[error as keyof typeof endsOf] : undefined;
}
