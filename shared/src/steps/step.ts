import type { z } from "zod/mini";
import { type Ambiguity, type ErrorClass, InvalidOrder, type Refusal } from "../errors.ts";
import type { SagaEvent } from "../lifecycle.ts";
import type { PlacementRef } from "../placement.ts";
import type { OrderRecord, Ports, Reason } from "../ports.ts";
import type { StepName } from "./step-names.ts";

/** One step of the saga, or one compensation: what it may end in, by class of error, and how it is run. */
export interface Step<Name extends StepName = StepName> {
  readonly name: Name;
  readonly achieves: SagaEvent;
  /** The refusals that this step takes for an answer, and the event each leads to. */
  readonly refusals: readonly RefusedAs[];
  /** What a placement is told of that was made wrongly. It leads to no event of the order. */
  readonly rejects: readonly ErrorClass<Refusal>[];
  /** Retried; after the last try everything is undone. */
  readonly ambiguities: readonly ErrorClass<Ambiguity>[];
  /**
   * Only a compensation has this: the steps whose effect it takes back, whether or not it happened. A compensation adds
   * nothing to the order.
   */
  readonly undoes?: readonly StepName[];
  /**
   * Runs the step for an order, whatever has happened before. It acts on the order's row alone.
   * @throws OrderOvertaken, OrderConflict, OrderNotFound, OrderContended, what the step rejects, and its ambiguities;
   * refusals are results
   */
  readonly run: (message: Message, ports: Ports) => Promise<StepResult>;
}

/** What wakes a step: it says that it is time to look at the row. */
export interface Message extends PlacementRef {
  /** What failed, where this step runs because another failed. */
  readonly failure?: Reason;
}

/** How often a step looks at the row before it leaves the order to its next try. */
export const mostLooks = 5;

export interface RefusedAs {
  readonly error: ErrorClass<Refusal>;
  readonly leadsTo: SagaEvent;
}

/** What a step reached; `refusal` where the answer was no. */
export interface StepResult {
  readonly event: SagaEvent;
  /** The row as it is now. */
  readonly record: OrderRecord;
  readonly refusal?: Refusal;
}

/** @throws InvalidOrder naming each field that is wrong */
export function parse<T>(schema: z.ZodMiniType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new InvalidOrder(parsed.error);
  return parsed.data;
}
