import type { Check, Claim } from "../../src/check/check.ts";
import { judged } from "../../src/check/claims.ts";

/** Who stopped for good is found where an operator looks: on the dead-letter queue, or as a FAILED execution. */
const isFound: Claim = {
  task: "fix",
  broken({ outcome: { evidence, deadLetters }, happenings, story }) {
    if (!story.faults) return undefined;
    const hasFailed = happenings.some((each) => each.type === "ExecutionEvent" && each.event === "ExecutionFailed");
    if (deadLetters > 0 || hasFailed) return undefined;
    const [{ orderId, row } = { orderId: "the order", row: undefined }] = evidence;
    const status = row?.status ?? "unknown";
    return `${orderId} stays ${status}: no message on the dead-letter queue, and no execution that FAILED`;
  },
};

/** What waits for an operator has not ended as its scenario says. */
const others: Claim = {
  task: "fix",
  broken: (seen) => (seen.story.faults ? undefined : judged("fix").broken(seen)),
};

export const check: Check = {
  stories: [
    { scenario: "happy" },
    { scenario: "refund-fails" },
    {
      scenario: "refund-fails",
      faults: [{ kind: "server-error", dependency: "order-table", step: "ParkOrder", attempts: [1, 2, 3] }],
      mayDiffer: true,
    },
  ],
  claims: [isFound, others],
  misconceptions: [],
  answers: { where: () => "ParkOrder" },
};
