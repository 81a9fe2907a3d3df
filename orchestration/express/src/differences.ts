import type { Difference } from "@ovsc/shared/variant";
import { executionSeconds } from "./execution-seconds.ts";

const fiveMinutes = "https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html (2026-11-21)";

const usedUp = "the compensation used up three minutes of the five, and parking is tried for longer than the rest";

/** Where an order of an Express workflow comes to its end only by the sweeper: what five minutes cut off. */
export const differences: readonly Difference[] = [
  {
    keptSeconds: executionSeconds,
    ends: ["SHIPPED", "INVENTORY_FAILED", "INVENTORY_RELEASED", "NEEDS_ATTENTION"],
    swept: true,
    because: "tries in vain of several steps together take longer than an execution may",
    source: fiveMinutes,
  },
  {
    scenarios: ["refund-fails-late"],
    profile: "equal",
    ends: ["NEEDS_ATTENTION"],
    swept: true,
    because: "a step and then its compensation fail on each try, which takes longer than an execution may",
    source: fiveMinutes,
  },
  {
    kinds: ["throttle", "service-error"],
    dependencies: ["lambda"],
    // The ninth try would begin 255 s after the first, the tenth 511 s.
    atLeast: { attempts: 10, seconds: 512 },
    profile: "equal",
    ends: ["SHIPPED", "INVENTORY_RELEASED", "NEEDS_ATTENTION"],
    swept: true,
    because: "Lambda turns a function away for longer than an execution may take",
    source: fiveMinutes,
  },
  {
    kinds: ["fail-before", "fail-after", "answer-lost", "time-out", "server-error", "conflict", "out-of-memory"],
    steps: ["ParkOrder"],
    atLeast: { attempts: 3, seconds: 120 },
    profile: "equal",
    ends: ["NEEDS_ATTENTION"],
    swept: true,
    because: usedUp,
    source: fiveMinutes,
  },
  {
    kinds: ["throttle", "service-error"],
    steps: ["ParkOrder"],
    // The seventh try would begin 63 s after the first, the eighth 127 s.
    atLeast: { attempts: 8, seconds: 120 },
    profile: "equal",
    ends: ["NEEDS_ATTENTION"],
    swept: true,
    because: usedUp,
    source: fiveMinutes,
  },
];
