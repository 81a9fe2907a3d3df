import type { z } from "zod";
import { type Ambiguity, type ErrorClass, InvalidOrder, type Refusal } from "../errors.ts";
import type { SagaEvent } from "../lifecycle.ts";
import type { AnyOrder } from "../order.ts";
import type { Ports } from "../ports.ts";
import type { StepName } from "./step-names.ts";

/** One step of the saga, or one compensation: what it may end in, by class of error, and how it is run. */
export interface Step<Name extends StepName = StepName> {
  readonly name: Name;
  readonly achieves: SagaEvent;
  /** The refusals that this step takes for an answer, and the event each leads to. */
  readonly refusals: readonly RefusedAs[];
  /** What a client is told of an order that he placed wrongly. It leads to no event of the order. */
  readonly rejects: readonly ErrorClass<Refusal>[];
  /** Retried; after the last try everything is undone. */
  readonly ambiguities: readonly ErrorClass<Ambiguity>[];
  /**
   * Only a compensation has this: the steps whose effect it takes back, whether or not it happened. A compensation adds
   * nothing to the order.
   */
  readonly undoes?: readonly StepName[];
  /**
   * Runs the step for an order, whatever has happened before.
   * @param input the order as an event or a state carries it
   * @throws InvalidOrder, OrderOvertaken, OrderNotFound, what the step rejects, and its ambiguities; refusals are
   * results
   */
  readonly run: (input: unknown, ports: Ports) => Promise<StepResult>;
}

export interface RefusedAs {
  readonly error: ErrorClass<Refusal>;
  readonly leadsTo: SagaEvent;
}

/** What a step reached; `refusal` where the answer was no. */
export interface StepResult {
  readonly event: SagaEvent;
  readonly order: AnyOrder;
  readonly refusal?: Refusal;
}

/** @throws InvalidOrder naming each field that is wrong */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new InvalidOrder(parsed.error);
  return parsed.data;
}
