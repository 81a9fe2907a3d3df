import type { Ports } from "../ports.ts";
import { chargePayment } from "./charge-payment.ts";
import { createOrder } from "./create-order.ts";
import { parkOrder } from "./park-order.ts";
import { refundPayment } from "./refund-payment.ts";
import { releaseInventory } from "./release-inventory.ts";
import { reserveInventory } from "./reserve-inventory.ts";
import { shipOrder } from "./ship-order.ts";
import { type Outcome, run, type SagaEvent, type Step, type StepName } from "./step.ts";

export { type Outcome, type SagaEvent, type StepName, stepNames } from "./step.ts";

const running =
  (step: Step) =>
  (input: unknown, ports: Ports): Promise<Outcome> =>
    run(step, input, ports);

/** Every step and compensation, by name. Both variants run these, and nothing else. */
export const steps: Readonly<Record<StepName, (input: unknown, ports: Ports) => Promise<Outcome>>> = {
  CreateOrder: createOrder,
  ReserveInventory: running(reserveInventory),
  ChargePayment: running(chargePayment),
  ShipOrder: running(shipOrder),
  RefundPayment: running(refundPayment),
  ReleaseInventory: running(releaseInventory),
  ParkOrder: running(parkOrder),
};

const says = ({ achieves, refusals }: Step): readonly SagaEvent[] => [achieves, ...Object.values(refusals)];

/** The events that each step may end in. */
export const outcomes: Readonly<Record<StepName, readonly SagaEvent[]>> = {
  CreateOrder: ["OrderCreated"],
  ReserveInventory: says(reserveInventory),
  ChargePayment: says(chargePayment),
  ShipOrder: says(shipOrder),
  RefundPayment: says(refundPayment),
  ReleaseInventory: says(releaseInventory),
  ParkOrder: says(parkOrder),
};
