import {
  ApprovalDecided,
  ApprovalDenied,
  ApprovalNotSupported,
  ApprovalPending,
  NeedsAttention,
  OrderConflict,
  OrderOvertaken,
} from "../errors.ts";
import type { SagaEvent } from "../lifecycle.ts";
import { chargePayment } from "./charge-payment.ts";
import { createOrder } from "./create-order.ts";
import { parkOrder } from "./park-order.ts";
import { refundPayment } from "./refund-payment.ts";
import { releaseInventory } from "./release-inventory.ts";
import { reserveInventory } from "./reserve-inventory.ts";
import { shipOrder } from "./ship-order.ts";
import type { StepName } from "./step-names.ts";
import type { Step } from "./step.ts";

export { type StepName, stepNames } from "./step-names.ts";
export { type Message, parse, type Step, type StepResult } from "./step.ts";
export { GenerationOver } from "./take-placement.ts";

/** Every step and compensation, by name. Both variants run these, and nothing else. */
export const steps: { readonly [Name in StepName]: Step<Name> } = {
  CreateOrder: createOrder,
  ReserveInventory: reserveInventory,
  ChargePayment: chargePayment,
  ShipOrder: shipOrder,
  RefundPayment: refundPayment,
  ReleaseInventory: releaseInventory,
  ParkOrder: parkOrder,
};
const all: readonly Step[] = Object.values(steps);

/** The events that a step may end in. */
export const eventsOf = ({ achieves, refusals }: Step): readonly SagaEvent[] => [
  achieves,
  ...refusals.map(({ leadsTo }) => leadsTo),
];

// What a Catch and a Retry match, for the state machine's definition.

/** OrderOvertaken and OrderConflict come from any step; NeedsAttention says that parking is done. */
export const refusalNames: readonly string[] = namesOf([
  OrderOvertaken,
  OrderConflict,
  NeedsAttention,
  ...all.flatMap(({ rejects, refusals }) => [...rejects, ...refusals.map(({ error }) => error)]),
]);
/** The same, where a stack has a limit above which a person is asked. */
export const approvalRefusalNames: readonly string[] = namesOf([
  ApprovalPending,
  ApprovalDenied,
  ApprovalDecided,
  ApprovalNotSupported,
]);
export const ambiguityNames: readonly string[] = namesOf(all.flatMap(({ ambiguities }) => ambiguities));

function namesOf(classes: readonly { readonly name: string }[]): string[] {
  return [...new Set(classes.map(({ name }) => name))];
}
