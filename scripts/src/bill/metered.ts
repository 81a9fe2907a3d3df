/** DynamoDB's read and write request units. */
export interface RequestUnits {
  readonly read: number;
  readonly write: number;
}

/** What the orders of one scenario took in one variant, as far as AWS bills it: sums over all of them. */
export interface Metered {
  readonly orders: number;
  /** How often a client said that an order was placed: each starts a trace. */
  readonly placings: number;
  /** Whether a client asked for an answer that comes only when the order has ended. */
  readonly clientWaits: boolean;
  /** Executions of a Standard state machine. */
  readonly executions: number;
  /** States that those entered, retries included. */
  readonly transitions: number;
  readonly express: readonly MeteredExpress[];
  readonly durable: readonly MeteredDurable[];
  /** The size of each event that arrived on a bus, failure records included, in bytes. */
  readonly events: readonly number[];
  /** The size of each of those that an archive keeps. */
  readonly archived: readonly number[];
  readonly invocations: readonly MeteredInvocation[];
  /** Bytes of what functions were handed. */
  readonly handedBytes: number;
  /** Virtual milliseconds in which no function ran, or a step's function waited by itself: retries waited so long. */
  readonly waitedMs: number;
  /** Of the saga's own rows: its orders and placements. */
  readonly units: RequestUnits;
  /** Of the simulated stock, payment gateway and carrier, which a real saga would not find in its table. */
  readonly simulatedUnits: RequestUnits;
  /** The size of each message put on a queue, in bytes. */
  readonly messages: readonly number[];
  /** Bytes that functions wrote to their logs. */
  readonly functionLogBytes: number;
  /** The size of the data in each event of an execution's history, in bytes. */
  readonly executionEvents: readonly number[];
}

/** One run of a function. */
export interface MeteredInvocation {
  readonly functionName: string;
  readonly wokenBy: Waker;
  /** Calls of AWS that it waited for. */
  readonly calls: number;
  /** Virtual milliseconds that it took beside its calls and whoever it waited for: its own timers, and time-outs. */
  readonly ownMs: number;
  /** Runs of other functions that it waited for: their places in the list. */
  readonly waitedFor: readonly number[];
}

/** One execution of an Express state machine. */
export interface MeteredExpress {
  /** Runs of functions that its states waited for: their places in the list. */
  readonly waitedFor: readonly number[];
  /** Calls of other services that its states waited for. */
  readonly calls: number;
  /** Virtual milliseconds that it waited beside them: for retries. */
  readonly ownMs: number;
  /** Virtual milliseconds after which its own timeout ended it, whatever it did meanwhile; none for one that ended. */
  readonly timedOutMs?: number;
}

/** One execution of a durable function. */
export interface MeteredDurable {
  readonly functionName: string;
  /** Its start, each step and each further try of one, each wait, each function invoked, each run that was repeated. */
  readonly operations: number;
  /** The size of each datum that was written, in bytes: its input, what became of its operations, its end. */
  readonly written: readonly number[];
  /** Virtual milliseconds from its start to its end. */
  readonly tookMs: number;
}

/**
 * What started a function: a rule of a bus, a state machine, another function, the client itself; or Lambda, for a
 * durable execution that goes on or invokes another function.
 */
export type Waker = "rule" | "state machine" | "Express state machine" | "durable execution" | "function" | "client";
