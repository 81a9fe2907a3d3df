import type { Approval, OrderStatus } from "@ovsc/shared";

/** What an approver does, and when. */
export interface Answer {
  /** Seconds after the order was placed. */
  readonly afterSeconds: number;
  readonly decision: Approval["decision"];
  readonly by: string;
  /** The approver is ended right after it wrote its decision, before it could tell anybody. */
  readonly isEnded?: true;
}

/** An order above the limit, and how its approvers answer. */
export interface ApprovalScenario {
  readonly name: string;
  /** A sentence about an order. */
  readonly title: string;
  /** In the order of time. */
  readonly answers: readonly Answer[];
  readonly ends: OrderStatus;
  /** Who decided in the end. */
  readonly decidedBy: string;
  /** In the words of a coordination that keeps a record. */
  readonly cause?: string;
}

const minute = 60;
const hour = 60 * minute;
const denied = { ends: "INVENTORY_RELEASED", cause: "Approval denied and inventory released" } as const;
const granted = { ends: "SHIPPED" } as const;

/** What may befall an order that waits for a person, in a stack whose limit is below its price. */
export const approvalScenarios: readonly ApprovalScenario[] = [
  {
    name: "approved",
    title: "is charged and shipped once it is approved",
    answers: [{ afterSeconds: 2 * hour, decision: "granted", by: "ada" }],
    decidedBy: "ada",
    ...granted,
  },
  {
    name: "denied",
    title: "is released when it is rejected, and never charged",
    answers: [{ afterSeconds: 2 * hour, decision: "denied", by: "ada" }],
    decidedBy: "ada",
    ...denied,
  },
  {
    name: "no-answer",
    title: "is released when nobody answers in 24 hours",
    answers: [],
    decidedBy: "deadline",
    ...denied,
  },
  {
    name: "late-answer",
    title: "stays released when an answer comes too late",
    answers: [{ afterSeconds: 26 * hour, decision: "granted", by: "ada" }],
    decidedBy: "deadline",
    ...denied,
  },
  {
    name: "just-too-late",
    title: "is released when it is approved after 24 hours, though nobody has noticed yet that they are over",
    answers: [{ afterSeconds: 24 * hour + 30, decision: "granted", by: "ada" }],
    decidedBy: "deadline",
    ...denied,
  },
  {
    name: "two-answers",
    title: "follows the first of two answers",
    answers: [
      { afterSeconds: hour, decision: "denied", by: "ada" },
      { afterSeconds: hour, decision: "granted", by: "grace" },
    ],
    decidedBy: "ada",
    ...denied,
  },
  {
    name: "restarted-approver",
    title: "ships once when its approver decides, is ended before he could say so, and decides again",
    answers: [
      { afterSeconds: hour, decision: "granted", by: "ada", isEnded: true },
      { afterSeconds: hour + 5 * minute, decision: "granted", by: "ada" },
      { afterSeconds: hour + 5 * minute, decision: "granted", by: "ada" },
    ],
    decidedBy: "ada",
    ...granted,
  },
];
