import type { StepName } from "@ovsc/shared";
import type { Difference } from "@ovsc/shared/variant";

/** A step that says what it did, and hears nothing of it on any try, has failed: the bus has the fact all the same. */
const unheard = {
  kinds: ["answer-lost", "fail-after"],
  dependencies: ["event-bus"],
  atLeast: { attempts: 3, seconds: 600 },
  source: "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html (2026-11-21)",
} as const;

const untilPivot: readonly StepName[] = ["CreateOrder", "ReserveInventory", "ChargePayment"];

/** Where an order of the hybrid ends otherwise than one of the choreography. */
export const differences: readonly Difference[] = [
  {
    ...unheard,
    steps: untilPivot,
    ends: ["INVENTORY_RELEASED"],
    because: "the next step listens to the state machine, which sees a failure, and not to the bus, which has the fact",
  },
  {
    ...unheard,
    steps: ["RefundPayment"],
    ends: ["NEEDS_ATTENTION"],
    because: "the state machine sees that the refund failed, and parks what a listener of the bus would release",
  },
];
