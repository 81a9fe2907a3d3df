import type { StepName } from "@ovsc/shared";
import type { Difference } from "@ovsc/shared/variant";
import { forward } from "./calls.ts";

const synchronous = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-sync.html (2026-11-21)";

/** The first has no caller but the client; the others have one that undoes. */
const first: StepName = "CreateOrder";
const called = forward.filter((step) => step !== first);

/** What ends a function that somebody waits for, or keeps it from running. */
const killed = ["fail-before", "fail-after", "out-of-memory"];
const turnedAway = ["throttle", "service-error"];

/** Where an order of the chain ends otherwise than elsewhere. */
export const differences: readonly Difference[] = [
  {
    kinds: killed,
    steps: called,
    ends: ["INVENTORY_RELEASED"],
    because: "nobody retries a function that somebody waits for: its caller takes back what was done",
    source: synchronous,
  },
  {
    kinds: turnedAway,
    dependencies: ["lambda"],
    steps: called,
    ends: ["INVENTORY_RELEASED"],
    because: "nobody invokes again, once Lambda has turned an invocation away: the caller takes back what was done",
    source: synchronous,
  },
  {
    kinds: killed,
    steps: [first],
    ends: ["SHIPPED"],
    swept: true,
    because: "nobody waits for the first function but the client, who undoes nothing: the sweeper finds the order",
    source: synchronous,
  },
  {
    kinds: turnedAway,
    dependencies: ["lambda"],
    steps: [first],
    ends: ["SHIPPED"],
    swept: true,
    because: "the client's call is turned away, and his document is written: the sweeper finds the placement",
    source: synchronous,
  },
  {
    kinds: ["slow-answer"],
    dependencies: ["order-table"],
    steps: [first],
    atLeast: { attempts: 3, seconds: 600 },
    ends: ["SHIPPED"],
    because: "a try that takes too long is not killed: what it asked for takes effect while the next one begins",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html (2026-11-21)",
  },
];
