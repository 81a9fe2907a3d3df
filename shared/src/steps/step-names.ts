/** Every step and compensation. What a step needs elsewhere is a record by these names: the compiler asks for it. */
export const stepNames = [
  "CreateOrder",
  "ReserveInventory",
  "ChargePayment",
  "ShipOrder",
  "RefundPayment",
  "ReleaseInventory",
  "ParkOrder",
] as const;
export type StepName = (typeof stepNames)[number];
