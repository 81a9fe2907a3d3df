import type { EventName, StepName } from "@ovsc/shared";

/** An event wakes a step; so does the news that a step failed on its last try. */
export type Rule =
  | { readonly on: EventName; readonly wakes: StepName }
  | { readonly onExhausted: StepName; readonly wakes: StepName };

/** What wakes a step once a person has decided, where a stack has a limit. */
export const approvalRules: readonly Rule[] = [
  { on: "ApprovalGranted", wakes: "ChargePayment" },
  { on: "ApprovalDenied", wakes: "ReleaseInventory" },
];

/** The whole choreography: which event wakes which step. */
export const rules: readonly Rule[] = [
  { on: "OrderPlaced", wakes: "CreateOrder" },
  { on: "OrderCreated", wakes: "ReserveInventory" },
  { on: "InventoryReserved", wakes: "ChargePayment" },
  { on: "PaymentCharged", wakes: "ShipOrder" },

  // Refusals go back, in reverse order.
  { on: "ShippingFailed", wakes: "RefundPayment" },
  { on: "PaymentRefunded", wakes: "ReleaseInventory" },
  { on: "PaymentDeclined", wakes: "ReleaseInventory" },

  // An undo that began and that nobody went on with: the sweeper says so.
  { on: "RefundStarted", wakes: "RefundPayment" },
  { on: "ReleaseStarted", wakes: "ReleaseInventory" },

  // An operator gives a parked order back to its undo.
  { on: "RepairStarted", wakes: "RefundPayment" },

  // A step that never answered may have happened, and the next may be under way: the whole undo.
  { onExhausted: "CreateOrder", wakes: "RefundPayment" },
  { onExhausted: "ReserveInventory", wakes: "RefundPayment" },
  { onExhausted: "ChargePayment", wakes: "RefundPayment" },
  { onExhausted: "ShipOrder", wakes: "RefundPayment" },

  // A compensation that never answered is for a person.
  { onExhausted: "RefundPayment", wakes: "ParkOrder" },
  { onExhausted: "ReleaseInventory", wakes: "ParkOrder" },
];
