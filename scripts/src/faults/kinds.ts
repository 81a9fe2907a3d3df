import type { AwsCall, AwsCallFault, DeliveryFault, InvocationFault, QueueFault } from "@ovsc/local";
import type { Dependency } from "@ovsc/shared/variant";

/** A way to fail, and what it does to whatever it strikes: to a call it cannot strike, it does nothing. */
export interface Kind {
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
  /** The function dies before the call has any effect. */
  "fail-before": { strikes: services, call: () => "crash before" },
  /** The function dies once the call had its effect. */
  "fail-after": { strikes: services, call: () => "crash after" },
  /** The call has its effect and the connection breaks: the SDK asks again. */
  "answer-lost": { strikes: services, call: () => "lose answer" },
  "slow-answer": { strikes: services, seconds: 5, call: (_call, seconds) => ({ answerAfterMs: 1000 * seconds }) },
  /** No answer before the function times out, and the effect so many seconds after the call. */
  "late-effect": {
    strikes: services,
    seconds: 15,
    call: ({ operation }, seconds) =>
      isWrite(operation) ? { effectAfterMs: 1000 * seconds, answer: "never answer" } : undefined,
  },
  /** No effect, and no answer before the function times out. */
  "time-out": { strikes: services, call: () => "never answer" },
  /** The provider answers 5xx, to each try of the SDK. */
  "server-error": {
    strikes: services,
    call: ({ service }) => ({ fail: service === "dynamodb" ? "InternalServerError" : "InternalException" }),
  },
  throttle: {
    strikes: [...services, "lambda"],
    call: ({ service }) => ({
      fail: service === "dynamodb" ? "ProvisionedThroughputExceededException" : "ThrottlingException",
    }),
    invocation: "throttle",
  },
  /** Another transaction is under way on the row. */
  conflict: {
    strikes: rows,
    call({ operation }) {
      if (operation === "TransactWriteItems") return { fail: "TransactionCanceledException" };
      return isWrite(operation) ? { fail: "TransactionConflictException" } : undefined;
    },
  },
  /** PutEvents answers 200 and takes no entry. */
  "entry-refused": {
    strikes: ["event-bus"],
    call: ({ operation }) => (operation === "PutEvents" ? { refusedEntries: "all" } : undefined),
  },
  "service-error": { strikes: ["lambda"], invocation: "service error" },
  "out-of-memory": { strikes: ["lambda"], invocation: "out of memory" },
  duplicate: { strikes: ["lambda-queue", "rule-target"], queue: () => "duplicate", delivery: () => "duplicate" },
  delay: { strikes: ["lambda-queue", "rule-target"], seconds: 300, queue: held, delivery: held },
  /** It comes after whatever else is due by then. */
  reorder: { strikes: ["lambda-queue", "rule-target"], seconds: 1, queue: held, delivery: held },
  "delivery-failed": { strikes: ["rule-target"], delivery: () => "fail" },
  "record-lost": { strikes: ["failure-destination"], destination: "lose record" },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as KindName[];

export const kindNamed = (name: KindName): Kind => kinds[name];
