import { type Milestone, type OrderStatus } from "./lifecycle.ts";
import type { Orders, OrderRecord } from "./ports.ts";

/** An order above this waits for a person between its reservation and its charge. */
export interface ApprovalPolicy {
  /** In the minor unit of the order's currency. */
  readonly aboveCents: number;
  /** ISO 8601. */
  readonly now: () => string;
}

/** What was decided, and by whom: an approver, or the deadline. The row has the time beside it. */
export interface Approval {
  readonly decision: "granted" | "denied";
  readonly by: string;
}

/** How long an approver has to answer. */
export const answerWithinSeconds = 86_400;

/** How long whoever waits for an answer waits: more than the deadline of the row, which begins a moment later. */
export const waitsSeconds = answerWithinSeconds + 60;

/** Who denies what nobody answered. */
const deadline: Approval = { decision: "denied", by: "deadline" };

/** The move that a decision makes. */
export const moveOf = ({ decision }: Approval): "ApprovalGranted" | "ApprovalDenied" =>
  decision === "granted" ? "ApprovalGranted" : "ApprovalDenied";

const isOverdue = ({ since }: OrderRecord, now: string): boolean =>
  since !== undefined && Date.parse(now) - Date.parse(since) >= 1000 * answerWithinSeconds;

/** True for an order that waits, and that nobody answered in time. */
export const isUnanswered = (record: OrderRecord, now: string): boolean =>
  record.status === "AWAITING_APPROVAL" && isOverdue(record, now);

/** What is decided when a person answers: after the deadline it has decided, whether somebody noticed or not. */
export const decidedBy = (answer: Approval, record: OrderRecord, now: string): Approval =>
  isUnanswered(record, now) ? deadline : answer;

/**
 * What keeps an order from being charged: the milestone of its approval that it is at, or is to reach.
 * @returns nothing where it may be charged
 */
export function approvalBefore(
  record: OrderRecord,
  policy: ApprovalPolicy | undefined,
): Extract<Milestone, "ApprovalRequested" | "ApprovalDenied"> | undefined {
  if (!policy) return undefined;
  const { status, order, approval } = record;
  if (status === "APPROVAL_DENIED") return "ApprovalDenied";
  if (status === "AWAITING_APPROVAL")
    return isUnanswered(record, policy.now()) ? "ApprovalDenied" : "ApprovalRequested";
  const isAsked = status === "RESERVED" && !approval && order.totalCents > policy.aboveCents;
  return isAsked ? "ApprovalRequested" : undefined;
}

/** Denies an order that nobody answered in time. @returns false when somebody was quicker */
export const denyUnanswered = (orders: Pick<Orders, "move">, record: OrderRecord): Promise<boolean> =>
  orders.move(record, "ApprovalDenied", { approval: deadline });

/** How much longer than others an order may rest in a status, in seconds: a person is given time. */
export const restsLonger = (status: OrderStatus | undefined): number =>
  status === "AWAITING_APPROVAL" ? answerWithinSeconds : 0;
