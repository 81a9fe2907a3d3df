import type { AwsFailure } from "./aws-failure.ts";

/** When something is about to happen, in virtual milliseconds since 1970, and to what it belongs. */
interface Moment {
  readonly atMs: number;
  /** See `Trace`. */
  readonly correlationId: string | undefined;
}

/** A call that a handler is about to make. */
export interface AwsCall extends Moment {
  readonly functionName: string;
  readonly requestId: string;
  /** Counts from 1 within one asynchronous invocation. */
  readonly attempt: number;
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Counts from 0 within one try of an invocation. */
  readonly indexInInvocation: number;
}

/** A call that a Task state of a state machine is about to make. */
export interface TaskCall extends Moment {
  readonly stateMachine: string;
  /** Its ARN. */
  readonly execution: string;
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A try to run a function, synchronous or from Lambda's queue. */
export interface InvocationTry extends Moment {
  readonly functionName: string;
  readonly requestId: string;
  /** Counts from 1 within one asynchronous invocation; what never ran is no try. */
  readonly attempt: number;
  readonly asynchronous: boolean;
  /** JSON text. */
  readonly payload: string;
}

/** An event that Lambda's queue takes, or the record of one that leaves it for a destination. */
export interface QueuedInvocation extends Moment {
  readonly functionName: string;
  readonly requestId: string;
  /** JSON text. */
  readonly payload: string;
}

/** One attempt to hand an event to the target of a rule. */
export interface DeliveryAttempt extends Moment {
  readonly rule: string;
  /** Its ARN. */
  readonly target: string;
  readonly eventId: string;
  readonly detailType: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** Whether it is the second delivery of a duplicate. */
  readonly isDuplicate: boolean;
}

/**
 * Keeps something back until it calls `letGo`, once or never. The clock does not wait for it: a conductor is told when
 * time is about to move on.
 */
export type Held = (letGo: () => void) => void;

/** How late something comes. */
export type Delay = { readonly delayMs: number } | { readonly held: Held };

/**
 * What strikes a call of a handler.
 * - `crash before`, `crash after`: the environment dies before the call takes effect, or once it did.
 * - `lose answer`: the call takes effect and the connection breaks, which the SDK retries.
 * - `never answer`: the call takes no effect, and the function waits until it times out.
 * - `fail`: AWS turns the call down, as the SDK sees it on the wire.
 * - `answerAfterMs`: the call takes effect now and is answered so much later.
 * - `effectAfterMs`: the caller gets an error, a broken connection or nothing now, and the call takes effect so much
 * later, or, `held`, when somebody lets it.
 * - `refusedEntries`: PutEvents answers 200 and refuses these of its entries, counted from 0.
 */
export type AwsCallFault =
  | "crash before"
  | "crash after"
  | "lose answer"
  | "never answer"
  | { readonly fail: AwsFailure }
  | { readonly answerAfterMs: number }
  | { readonly effectAfterMs: number; readonly answer: AwsFailure | "lose answer" | "never answer" }
  | { readonly held: Held; readonly answer: AwsFailure | "lose answer" | "never answer" }
  | { readonly refusedEntries: "all" | readonly number[] };

/**
 * What strikes a try of a function. `throttle` (429) and `service error` (500) turn it down before it runs: Lambda's
 * queue puts the event back and counts no try; a synchronous caller gets the error. `out of memory` and `crash` end
 * it as its function's error before the handler's first line.
 */
export type InvocationFault = "throttle" | "service error" | "out of memory" | "crash";

/** What strikes an event in Lambda's queue: it comes twice, or late, and so perhaps after another. */
export type QueueFault = "duplicate" | Delay;

/** What strikes a delivery: its target fails in a way that EventBridge retries, or it comes twice, or late. */
export type DeliveryFault = "fail" | "duplicate" | Delay;

/** Decides which faults are injected; each that is leaves a `Fault` in the history. */
export interface Faults {
  onAwsCall?(call: AwsCall): AwsCallFault | undefined;
  onTaskCall?(call: TaskCall): { readonly fail: AwsFailure } | undefined;
  onInvocation?(invocation: InvocationTry): InvocationFault | undefined;
  onQueuedEvent?(event: QueuedInvocation): QueueFault | undefined;
  onDelivery?(delivery: DeliveryAttempt): DeliveryFault | undefined;
  /** Asked for each record that is sent to an on-success or on-failure destination. */
  onDestination?(record: QueuedInvocation & { readonly destination: string }): "lose record" | undefined;
}

/** A fault as the history names it. */
export function nameOf(fault: string | object): string {
  if (typeof fault === "string") return fault;
  return Object.entries(fault)
    .map(([name, value]) => (typeof value === "function" ? name : `${name} ${[value].flat().join(" ")}`))
    .join(", ");
}
