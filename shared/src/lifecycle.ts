import { type EndingName, endingNames } from "./endings.ts";

/** Where an order is while its saga goes on. */
export const statusesUnderWay = [
  "PENDING",
  "RESERVED",
  "CHARGED",
  "PAYMENT_DECLINED",
  "SHIPPING_FAILED",
  "REFUNDING",
  "PAYMENT_REFUNDED",
  "RELEASING",
] as const;

/** Where an order is that a person is asked about, in a stack that has a limit: see approval.ts. */
export const statusesOfApproval = ["AWAITING_APPROVAL", "APPROVAL_DENIED"] as const;
export type OrderStatus = (typeof statusesUnderWay)[number] | (typeof statusesOfApproval)[number] | EndingName;
/** Every status of an order that nobody need approve. */
export const orderStatuses: readonly OrderStatus[] = [...statusesUnderWay, ...endingNames];

/** True when the saga is over for this order, one way or another. */
export const isSettled = (status: OrderStatus): status is EndingName =>
  (endingNames as readonly string[]).includes(status);

interface Move {
  readonly from: readonly OrderStatus[];
  readonly to: OrderStatus;
}

/**
 * Every legal move of an order: the statuses an event may find, and the status it leads to.
 *
 * A compensation first claims the order (RefundStarted, ReleaseStarted), so that a forward step still running
 * somewhere finds its own move illegal; only then does it undo.
 */
export const lifecycle = {
  OrderCreated: { from: [], to: "PENDING" },
  InventoryReserved: { from: ["PENDING"], to: "RESERVED" },
  InventoryFailed: { from: ["PENDING"], to: "INVENTORY_FAILED" },
  PaymentCharged: { from: ["RESERVED"], to: "CHARGED" },
  PaymentDeclined: { from: ["RESERVED"], to: "PAYMENT_DECLINED" },
  OrderShipped: { from: ["CHARGED"], to: "SHIPPED" },
  ShippingFailed: { from: ["CHARGED"], to: "SHIPPING_FAILED" },
  // After a step that never answered nobody knows how far the saga is: a later step may be under way already, so the
  // whole undo begins here, whatever the row says. It voids what never happened. A decline that nobody heard of is one
  // of these: its charge stands in the ledger as DECLINED, and there is nothing to refund.
  RefundStarted: {
    from: ["PENDING", "RESERVED", "CHARGED", "PAYMENT_DECLINED", "SHIPPING_FAILED", ...statusesOfApproval],
    to: "REFUNDING",
  },
  PaymentRefunded: { from: ["REFUNDING"], to: "PAYMENT_REFUNDED" },
  // Only where no charge stands, nor can come to stand.
  ReleaseStarted: { from: ["PAYMENT_DECLINED", "APPROVAL_DENIED", "PAYMENT_REFUNDED"], to: "RELEASING" },
  InventoryReleased: { from: ["RELEASING"], to: "INVENTORY_RELEASED" },
  OrderParked: { from: [...statusesUnderWay, ...statusesOfApproval], to: "NEEDS_ATTENTION" },
  // A person is asked. Whoever grants or denies it makes the move, and the first one wins; so does the deadline.
  ApprovalRequested: { from: ["RESERVED"], to: "AWAITING_APPROVAL" },
  ApprovalGranted: { from: ["AWAITING_APPROVAL"], to: "RESERVED" },
  ApprovalDenied: { from: ["AWAITING_APPROVAL"], to: "APPROVAL_DENIED" },
  // An operator gives a parked order back to its undo. No step does.
  RepairStarted: { from: ["NEEDS_ATTENTION"], to: "REFUNDING" },
} as const satisfies Record<string, Move>;
export type Milestone = keyof typeof lifecycle;

/** The milestone with which a compensation claims an order. Nobody hears of it but from the sweeper. */
export type Claim = Extract<Milestone, `${string}Started`>;

/** A milestone that others hear of when it is reached. */
export type SagaEvent = Exclude<Milestone, Claim>;

/**
 * - `advance`: the work is to be done.
 * - `resume`: it was done and the order says how it ended, but perhaps nobody heard: say it again.
 * - `ignore`: the order has moved past it.
 */
export type Decision = { kind: "advance" } | { kind: "resume"; milestone: Milestone } | { kind: "ignore" };

/** Delivery is at least once, so a step may find its work undone, done or overtaken. */
export function decide(status: OrderStatus, milestones: readonly Milestone[]): Decision {
  const moves = milestones.map((milestone) => ({ milestone, move: lifecycle[milestone] as Move }));
  if (moves.some(({ move }) => move.from.includes(status))) return { kind: "advance" };
  const reached = moves.find(({ move }) => move.to === status);
  return reached ? { kind: "resume", milestone: reached.milestone } : { kind: "ignore" };
}
