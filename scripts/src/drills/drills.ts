import type { OrderStatus, StepName } from "@ovsc/shared";
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
  /** Where nobody goes on with it, until the remedy. */
  readonly stopsIn: OrderStatus;
  /** What it was to be woken by is on the dead-letter queue then. */
  readonly leavesLetter?: true;
  /** How the same comes about in a deployed stack, which takes no fault plan; absent where nothing brings it about. */
  readonly deployed?: Damage;
  /** What keeps LocalStack 4.14 from it, as the end of "because …". */
  readonly notOnLocalStack?: string;
  /** The order comes home by way of NEEDS_ATTENTION, so its row has another way and a reason. */
  readonly isDetour?: true;
  /** It comes home as another generation, under keys and ids of its own. */
  readonly beginsAnew?: true;
}

/** Changes to a deployed stack, which are taken back before the remedy. */
export interface Damage {
  /** The function of this step is told of a table that is not there: it fails on every try. */
  readonly noTableIn: StepName;
  /** The rule that its last failure matches is off. */
  readonly isUnheard?: true;
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
    stopsIn: "RESERVED",
    leavesLetter: true,
    notOnLocalStack: "nothing keeps a rule from its target there: permissions are not enforced",
    remedy: "handback",
  },
  {
    name: "function-dead-letter",
    breaks: "ParkOrder failed on every try, so Lambda gave its event up to the queue",
    scenario: "refund-fails",
    plan: neverParked,
    stopsIn: "REFUNDING",
    leavesLetter: true,
    deployed: { noTableIn: "ParkOrder" },
    remedy: "handback",
  },
  {
    name: "replay",
    breaks: "ChargePayment failed on every try, and the record that wakes the undo was lost",
    scenario: "happy",
    plan: lostRecord,
    stopsIn: "RESERVED",
    deployed: { noTableIn: "ChargePayment", isUnheard: true },
    notOnLocalStack: "its CloudFormation makes no archive",
    remedy: "replay",
  },
  {
    name: "replay-one-rule",
    breaks: "ChargePayment failed on every try, and the record that wakes the undo was lost",
    scenario: "happy",
    plan: lostRecord,
    stopsIn: "RESERVED",
    deployed: { noTableIn: "ChargePayment", isUnheard: true },
    notOnLocalStack: "its CloudFormation makes no archive",
    remedy: "replay",
    events: ["InventoryReserved"],
  },
  {
    name: "redrive",
    breaks: "ParkOrder failed on every try, so the execution failed where nobody catches",
    scenario: "refund-fails",
    plan: neverParked,
    stopsIn: "REFUNDING",
    deployed: { noTableIn: "ParkOrder" },
    notOnLocalStack: "it has no RedriveExecution",
    remedy: "redrive",
  },
  {
    name: "sweeper",
    breaks: "ParkOrder failed on every try, and nobody looks at its dead letter or execution",
    scenario: "refund-fails",
    plan: neverParked,
    stopsIn: "REFUNDING",
    deployed: { noTableIn: "ParkOrder" },
    remedy: "sweep",
    afterRest: true,
  },
  {
    name: "repair",
    breaks: "the payment gateway failed on every try of RefundPayment, so the order was parked for a person",
    scenario: "shipping-refused",
    plan: [{ kind: "server-error", dependency: "payment-gateway", step: "RefundPayment", attempts: [1, 2, 3] }],
    stopsIn: "NEEDS_ATTENTION",
    deployed: { noTableIn: "RefundPayment" },
    remedy: "repair",
    isDetour: true,
  },
  {
    name: "again",
    breaks: "ShipOrder failed on every try, so the order was undone, and its customer still wants it",
    scenario: "happy",
    plan: [{ kind: "server-error", dependency: "carrier", step: "ShipOrder", attempts: [1, 2, 3] }],
    stopsIn: "INVENTORY_RELEASED",
    deployed: { noTableIn: "ShipOrder" },
    remedy: "again",
    isDetour: true,
    beginsAnew: true,
  },
];
