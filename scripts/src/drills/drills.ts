import type { FaultPlan } from "../faults/plan.ts";
import type { Remedying } from "./bring-home.ts";

/** An order that a fault plan breaks, and the remedy that brings it home: a variant without it has no such drill. */
export interface Drill extends Remedying {
  /** The word for it on the command line. */
  readonly name: string;
  /** What is broken, for whoever runs the drill. */
  readonly breaks: string;
  /** Of one order. */
  readonly scenario: string;
  readonly plan: FaultPlan;
  /** The order comes home by way of NEEDS_ATTENTION, so its row has another way and a reason. */
  readonly isDetour?: true;
}

/** ChargePayment fails on every try, and the record of that is lost: nobody hears that the order needs its undo. */
const lostRecord: FaultPlan = [
  { kind: "fail-before", dependency: "order-table", step: "ChargePayment", attempts: [1, 2, 3] },
  { kind: "record-lost", dependency: "failure-destination", step: "ChargePayment", attempts: [1] },
];

/** ParkOrder fails on every try: the order stays in REFUNDING. */
const neverParked: FaultPlan = [
  { kind: "fail-before", dependency: "order-table", step: "ParkOrder", attempts: [1, 2, 3] },
];

export const drills: readonly Drill[] = [
  {
    name: "rule-dead-letter",
    breaks: "ChargePayment could not be reached for two hours, so the rule gave InventoryReserved up to the queue",
    scenario: "happy",
    plan: [{ kind: "delivery-failed", dependency: "rule-target", step: "ChargePayment", from: 0, until: 7_200 }],
    remedy: "handback",
  },
  {
    name: "function-dead-letter",
    breaks: "ParkOrder failed on every try, so Lambda gave its event up to the queue",
    scenario: "refund-fails",
    plan: neverParked,
    remedy: "handback",
  },
  {
    name: "replay",
    breaks: "ChargePayment failed on every try, and the record that wakes the undo was lost",
    scenario: "happy",
    plan: lostRecord,
    remedy: "replay",
  },
  {
    name: "replay-one-rule",
    breaks: "ChargePayment failed on every try, and the record that wakes the undo was lost",
    scenario: "happy",
    plan: lostRecord,
    remedy: "replay",
    events: ["InventoryReserved"],
  },
  {
    name: "redrive",
    breaks: "ParkOrder failed on every try, so the execution failed where nobody catches",
    scenario: "refund-fails",
    plan: neverParked,
    remedy: "redrive",
  },
  {
    name: "repair",
    breaks: "the payment gateway failed on every try of RefundPayment, so the order was parked for a person",
    scenario: "shipping-refused",
    plan: [{ kind: "server-error", dependency: "payment-gateway", step: "RefundPayment", attempts: [1, 2, 3] }],
    remedy: "repair",
    isDetour: true,
  },
];
