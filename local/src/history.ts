/**
 * DynamoDB's read and write request units, as on-demand tables are billed.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html, 2026-11-21
 */
export interface CapacityUnits {
  read: number;
  write: number;
}

/** What led to a thing: carried from call to event to delivery to invocation. */
export interface Trace {
  /** What a thing belongs to, in the words of whoever opened the cloud (see `CloudOptions.correlate`). */
  readonly correlationId: string | undefined;
  /** The id of the event, request or execution that directly led to it. */
  readonly causationId: string | undefined;
}

export const noTrace: Trace = { correlationId: undefined, causationId: undefined };

/** What an Express execution is billed for. https://aws.amazon.com/step-functions/pricing/ (2026-11-21) */
export interface ExpressBilling {
  /** Virtual time from start to end, in steps of 100. */
  readonly durationMs: number;
  readonly memoryMegabytes: number;
}

/**
 * One event of a durable execution's history, as GetDurableExecutionHistory names it; `operation` is its id, `name`
 * what the function calls it, `error` the type of what failed. `bytes` are those of the data that is written.
 */
export interface DurableEvent {
  type: "DurableEvent";
  functionName: string;
  execution: string;
  event: string;
  operation?: string;
  name?: string;
  error?: string;
  bytes: number;
}

/** One thing that happened in the cloud. `bytes` are those of UTF-8, without stack traces: see `billedBytes`. */
export type HappeningDetails =
  /**
   * One call of the AWS API: `input` as its caller gave it, `error` AWS's error code where it was turned down, `units`
   * what DynamoDB bills.
   */
  | {
      type: "AwsCall";
      caller: string;
      service: string;
      operation: string;
      input: Readonly<Record<string, unknown>>;
      resource: string;
      error?: string;
      units?: CapacityUnits;
    }
  /** An event arrived on a bus; `bytes` are those of its entry as PutEvents counts them. */
  | {
      type: "EventPublished";
      bus: string;
      eventId: string;
      source: string;
      detailType: string;
      detail: unknown;
      bytes: number;
    }
  /** A rule hands an event to a target; `attempt` counts from 1. */
  | { type: "Delivery"; rule: string; target: string; eventId: string; attempt: number; error?: string }
  /** A function was invoked; `attempt` counts from 1 within one asynchronous invocation, `bytes` are the payload's. */
  | {
      type: "InvocationStarted";
      functionName: string;
      requestId: string;
      attempt: number;
      asynchronous: boolean;
      memoryMegabytes: number;
      bytes: number;
    }
  /** `bytes` are those of the result, or of the error. */
  | { type: "InvocationEnded"; functionName: string; requestId: string; error?: string; bytes: number }
  /** A line that a handler wrote to its log. */
  | { type: "Log"; functionName: string; requestId: string; line: string; bytes: number }
  /**
   * One event of an execution's history, as GetExecutionHistory names it: `id` counts from 1, `previousId` is that of
   * the event that led to it, 0 for none; `error` is the name of what failed. `bytes` are those of the data it carries:
   * input, output, parameters, error and cause. `billed` has the last event of an Express execution.
   */
  | {
      type: "ExecutionEvent";
      stateMachine: string;
      execution: string;
      id: number;
      previousId: number;
      event: string;
      state?: string;
      error?: string;
      bytes?: number;
      billed?: ExpressBilling;
    }
  | DurableEvent
  /** An item of a table was written or deleted. */
  | { type: "ItemChanged"; table: string; keys: unknown; newImage: unknown }
  /** A message was put on a queue; `bytes` are those of body and attributes. */
  | { type: "MessageSent"; queue: string; messageId: string; body: string; bytes: number }
  /** An injected fault fired; `call` is what it struck, where that is a call of the AWS API. */
  | { type: "Fault"; fault: string; where: string; call?: StruckCall };

interface StruckCall {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A happening with its place in the run. `sequence` counts from 1; `atMs` is virtual milliseconds since 1970. */
export type Happening = { sequence: number; atMs: number } & Partial<Trace> & HappeningDetails;

/** Takes note of everything that happens, in order. */
export interface History {
  record(trace: Trace, details: HappeningDetails): void;
}
