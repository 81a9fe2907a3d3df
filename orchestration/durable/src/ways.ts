import { ApprovalDenied, PaymentDeclined, ShippingFailed, type StepName } from "@ovsc/shared";

type Ways<From extends string> = Readonly<Partial<Record<From, StepName>>>;

/** The step after a step that did its work. */
export const next: Ways<StepName> = {
  CreateOrder: "ReserveInventory",
  ReserveInventory: "ChargePayment",
  ChargePayment: "ShipOrder",
  RefundPayment: "ReleaseInventory",
};

/** Where a refusal leads back to, by its name. */
export const back: Ways<string> = {
  [PaymentDeclined.name]: "ReleaseInventory",
  [ApprovalDenied.name]: "ReleaseInventory",
  [ShippingFailed.name]: "RefundPayment",
};

/** A step that never answered may have happened, and may happen yet: the whole undo. One of those is for a person. */
export const unanswered: Ways<StepName> = {
  CreateOrder: "RefundPayment",
  ReserveInventory: "RefundPayment",
  ChargePayment: "RefundPayment",
  ShipOrder: "RefundPayment",
  RefundPayment: "ParkOrder",
  ReleaseInventory: "ParkOrder",
};
