import type { Refusal } from "../errors.ts";
import { lifecycle, type Milestone, type OrderStatus } from "../lifecycle.ts";
import type { OrderRecord } from "../ports.ts";
import { recorded } from "./effect-step.ts";
import { eventsOf, steps } from "./index.ts";

/** What an order has come to, as others hear of it. */
export interface Reached {
  readonly event: Milestone;
  readonly record: OrderRecord;
  readonly refusal?: Refusal;
}

/** @returns the last milestone that a row says it has reached, as the step that reached it would say it again */
export function reachedIn(record: OrderRecord): Reached {
  const event = milestoneAt(record.status);
  const step = Object.values(steps).find((each) => (eventsOf(each) as readonly Milestone[]).includes(event));
  return step ? recorded(step, event, record) : { event, record };
}

const milestones = Object.keys(lifecycle) as Milestone[];

/** One milestone leads to each status. */
const milestoneAt = (status: OrderStatus): Milestone => milestones.find((each) => lifecycle[each].to === status)!;
