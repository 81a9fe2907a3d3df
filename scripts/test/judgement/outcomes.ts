// Outcomes for tests of the judgement: of one shipped order, and of how it may differ from that.
import type { Charge, Evidence, Order, Refund, Shipment } from "@ovsc/shared";
import type { Batch, Outcome } from "../../src/orders/batch.ts";
import { noCounts } from "../../src/runs/counts.ts";

export const order: Order = {
  orderId: "order-1",
  customerId: "customer-7",
  sku: "TEAPOT",
  quantity: 2,
  totalCents: 4998,
  currency: "GBP",
  paymentToken: "tok_visa",
  address: { name: "Ada Lovelace", line1: "12 St James's Square", city: "London", postcode: "SW1Y 4JH", country: "GB" },
};
export const charge: Charge = {
  idempotencyKey: "order-1:ChargePayment",
  state: "CHARGED",
  amountCents: 4998,
  currency: "GBP",
  chargeId: "CH-1",
  paymentToken: "tok_visa",
};
export const refund: Refund = {
  idempotencyKey: "order-1:RefundPayment",
  amountCents: 4998,
  currency: "GBP",
  chargeId: "CH-1",
};
export const shipment: Shipment = { idempotencyKey: "order-1:ShipOrder", state: "SHIPPED", trackingNumber: "TRK-0" };

export const shipped: Evidence = {
  orderId: "order-1",
  placementId: "placement-1",
  document: "TAKEN",
  rejection: undefined,
  row: {
    placementId: "placement-1",
    generation: 1,
    status: "SHIPPED",
    statuses: ["PENDING", "RESERVED", "CHARGED", "SHIPPED"],
    order: { ...order, reservationId: "RES-1", chargeId: "CH-1", trackingNumber: "TRK-0" },
  },
  reservations: [
    {
      idempotencyKey: "order-1:ReserveInventory",
      state: "HELD",
      sku: "TEAPOT",
      quantity: 2,
      reservationId: "RES-1",
    },
  ],
  charges: [charge],
  refunds: [],
  shipments: [shipment],
};
export const batch: Batch = {
  name: "happy",
  stock: { TEAPOT: 10 },
  placements: [{ placementId: "placement-1", order }],
};
export const outcome = (evidence: Evidence, units = 8): Outcome => ({
  evidence: [evidence],
  endings: [],
  published: [],
  deadLetters: 0,
  shelf: { TEAPOT: units },
  sweeps: 0,
  counts: noCounts,
});
