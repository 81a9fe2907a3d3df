import type { StepName } from "@ovsc/shared";
import type { RowChange } from "../runs/log/row-change.ts";

/** What became of one order in one variant: one shape, whatever coordinates it. */
export interface Story {
  readonly orderId: string;
  readonly variant: string;
  /** The scenario it was part of, or `orders`. */
  readonly batch: string;
  /** In the order in which they were made; more than one where clients want the same orderId. */
  readonly placements: readonly string[];
  /** Who takes part, from the client to the queues: the columns of a space-time diagram. */
  readonly lanes: readonly Lane[];
  /** In the order in which it happened. */
  readonly moments: readonly Moment[];
}

export type LaneKind =
  | "client"
  /** That of a rule which wakes whoever looks after orders. */
  | "schedule"
  | "event bus"
  | "state machine"
  | "function"
  /** The order rows and the documents of placements. */
  | "table"
  /** A simulated service with a ledger of its own: inventory, payment gateway, carrier. */
  | "service"
  | "queue"
  /** Who it was, the order's own lines do not tell. */
  | "unknown";

/** Somebody or something that takes part. */
export interface Lane {
  /** Of the story: a step, a dependency, or the resource's name. */
  readonly id: string;
  readonly kind: LaneKind;
  /** For a person. */
  readonly name: string;
}

export type MomentKind =
  /** The client wrote the order's document. */
  | "placed"
  /** An event arrived on a bus. */
  | "published"
  /** A rule handed an event to a target, or tried to. */
  | "delivered"
  /** A try of a function began. */
  | "started"
  /** A try of a function ended; its answer arrives where one is waited for. */
  | "ended"
  /** A function or a state machine called a service. */
  | "called"
  /** An execution started, entered a state, saw a task fail, or ended. */
  | "moved"
  /** A message was put on a queue. */
  | "queued"
  /** An injected fault struck. */
  | "struck";

/** One thing that happened, in one lane. */
export interface Moment {
  /** Its place in the story, from 1. */
  readonly index: number;
  /** The index of the moment that led to it, an earlier one. The first of each placement has none, nor has a tick. */
  readonly cause?: number;
  /** Virtual milliseconds since 1970. Calls take no time; what waits does. */
  readonly atMs: number;
  /** The id of the lane in which it happens. */
  readonly lane: string;
  /** The business step that it is part of; absent in the placing, and where nothing tells. */
  readonly step?: StepName;
  readonly kind: MomentKind;
  /** The event, the operation, the state, the fault: a few words. */
  readonly text: string;
  /** How it came here from another lane; absent for what a lane does by itself. */
  readonly arrow?: Arrow;
  /** Which try of its step, its delivery or its state this is, from 1. */
  readonly attempt?: number;
  /** The name of the error where something was turned down, threw or timed out. */
  readonly error?: string;
  /** The same came, or was said, before. */
  readonly isDuplicate?: true;
  /** What it wrote: order row, document, ledgers, stock. */
  readonly changes: readonly RowChange[];
}

/** A solid line for a call and its answer, a dashed one for an event. */
export interface Arrow {
  /** The id of the lane it comes from. */
  readonly from: string;
  readonly kind: "call" | "answer" | "event";
  /** What never arrived: `request`, so it had no effect, or `answer`, so it had one and nobody was told. */
  readonly lost?: "request" | "answer";
}

/** How long a moment came after what led to it, in virtual milliseconds: a retry's delay, a queue's, a timeout. */
export const waitedMs = ({ moments }: Pick<Story, "moments">, { cause, atMs }: Moment): number =>
  cause === undefined ? 0 : atMs - moments[cause - 1]!.atMs;
