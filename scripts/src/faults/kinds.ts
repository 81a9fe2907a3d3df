import type { AwsCall, AwsCallFault, DeliveryFault, InvocationFault, QueueFault } from "@ovsc/local";
import type { Dependency } from "@ovsc/shared/variant";

/** A way to fail, and what it does to whatever it strikes: to a call it cannot strike, it does nothing. */
export interface Kind {
  /** What happens, in a sentence. */
  readonly means: string;
  readonly strikes: readonly Dependency[];
  /** In seconds, where the kind takes a time and the plan gives none. */
  readonly seconds?: number;
  readonly call?: (call: Pick<AwsCall, "service" | "operation">, seconds: number) => AwsCallFault | undefined;
  readonly invocation?: InvocationFault;
  readonly queue?: (seconds: number) => QueueFault;
  readonly delivery?: (seconds: number) => DeliveryFault;
  readonly destination?: "lose record";
}

const rows = ["table", "order-table", "inventory", "payment-gateway", "carrier"] as const satisfies Dependency[];
const services = [...rows, "event-bus"] as const satisfies Dependency[];
const isWrite = (operation: string): boolean => !/^(Get|BatchGet|Query|Scan|TransactGet)/.test(operation);
const held = (seconds: number) => ({ delayMs: 1000 * seconds });

/** Every kind of fault that a plan can name. */
export const kinds = {
  "fail-before": {
    means: "The function dies before the call has any effect.",
    strikes: services,
    call: () => "crash before",
  },
  "fail-after": {
    means: "The function dies once the call had its effect.",
    strikes: services,
    call: () => "crash after",
  },
  "answer-lost": {
    means: "The call has its effect and the connection breaks: the SDK asks again.",
    strikes: services,
    call: () => "lose answer",
  },
  "slow-answer": {
    means: "The call is answered seconds later than it might be.",
    strikes: services,
    seconds: 5,
    call: (_call, seconds) => ({ answerAfterMs: 1000 * seconds }),
  },
  "late-effect": {
    means: "No answer before the function times out, and the effect so many seconds after the call.",
    strikes: services,
    seconds: 15,
    call: ({ operation }, seconds) =>
      isWrite(operation) ? { effectAfterMs: 1000 * seconds, answer: "never answer" } : undefined,
  },
  "time-out": {
    means: "No effect, and no answer before the function times out.",
    strikes: services,
    call: () => "never answer",
  },
  "server-error": {
    means: "The provider answers 5xx, to each try of the SDK.",
    strikes: services,
    call: ({ service }) => ({ fail: service === "dynamodb" ? "InternalServerError" : "InternalException" }),
  },
  throttle: {
    means: "The call, or the invocation, is turned down as one too many.",
    strikes: [...services, "lambda"],
    call: ({ service }) => ({
      fail: service === "dynamodb" ? "ProvisionedThroughputExceededException" : "ThrottlingException",
    }),
    invocation: "throttle",
  },
  conflict: {
    means: "Another transaction is under way on the row.",
    strikes: rows,
    call({ operation }) {
      if (operation === "TransactWriteItems") return { fail: "TransactionCanceledException" };
      return isWrite(operation) ? { fail: "TransactionConflictException" } : undefined;
    },
  },
  "entry-refused": {
    means: "PutEvents answers 200 and takes no entry.",
    strikes: ["event-bus"],
    call: ({ operation }) => (operation === "PutEvents" ? { refusedEntries: "all" } : undefined),
  },
  "service-error": {
    means: "Lambda fails the invocation by an error of its own.",
    strikes: ["lambda"],
    invocation: "service error",
  },
  "out-of-memory": {
    means: "Lambda ends the function, which asked for more memory than it has.",
    strikes: ["lambda"],
    invocation: "out of memory",
  },
  duplicate: {
    means: "What is handed over comes twice.",
    strikes: ["lambda-queue", "rule-target"],
    queue: () => "duplicate",
    delivery: () => "duplicate",
  },
  delay: {
    means: "What is handed over comes minutes late.",
    strikes: ["lambda-queue", "rule-target"],
    seconds: 300,
    queue: held,
    delivery: held,
  },
  reorder: {
    means: "What is handed over comes after whatever else is due by then.",
    strikes: ["lambda-queue", "rule-target"],
    seconds: 1,
    queue: held,
    delivery: held,
  },
  "delivery-failed": {
    means: "The rule cannot hand the event to its target.",
    strikes: ["rule-target"],
    delivery: () => "fail",
  },
  "record-lost": {
    means: "The record of a failed invocation does not reach its destination.",
    strikes: ["failure-destination"],
    destination: "lose record",
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as KindName[];

export const kindNamed = (name: KindName): Kind => kinds[name];
