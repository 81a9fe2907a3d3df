import type { z } from "zod";
import { InvalidOrder, OrderNotFound, OrderOvertaken, Refusal } from "../errors.ts";
import { decide, lifecycle, type Milestone } from "../lifecycle.ts";
import type { AnyOrder } from "../order.ts";
import type { OrderRecord, Ports } from "../ports.ts";

/** One step of the saga, or one compensation: a schema, the milestones it may reach, and an idempotent effect. */
export interface Step<In extends AnyOrder = AnyOrder, Out extends AnyOrder = AnyOrder> {
  readonly name: StepName;
  readonly accepts: z.ZodType<In>;
  /** A compensation claims the order with this move before it undoes anything. */
  readonly begins?: Milestone;
  readonly achieves: SagaEvent;
  /** The refusals this step knows, by error name, and the milestone each leads to. */
  readonly refusals: Readonly<Record<string, SagaEvent>>;
  /** Safe to repeat: each request in it carries an idempotency key. @throws Refusal, Ambiguity */
  effect(order: In, ports: Ports): Promise<Out>;
}

export const stepNames = [
  "CreateOrder",
  "ReserveInventory",
  "ChargePayment",
  "ShipOrder",
  "RefundPayment",
  "ReleaseInventory",
  "ParkOrder",
] as const;
export type StepName = (typeof stepNames)[number];

/** Milestones that others hear of; the claims of a compensation are its own affair. */
export type SagaEvent = Exclude<Milestone, "RefundStarted" | "ReleaseStarted">;

/** What a step reached; `refusal` where the answer was no. */
export interface Outcome {
  readonly event: SagaEvent;
  readonly order: AnyOrder;
  readonly refusal?: Refusal;
}

/** The key of a step's request: the same on every retry, so its effect happens once. */
export const idempotencyKey = (order: { orderId: string }, step: StepName): string => `${order.orderId}:${step}`;

/**
 * Runs a step for an order, whatever has happened before: first delivery, redelivery, retry after a crash between any
 * two lines, or a delivery that comes too late.
 * @param input the order as an event or a state carries it
 * @throws InvalidOrder, OrderNotFound, OrderOvertaken, and every Ambiguity of the step; refusals are outcomes
 */
export async function run(step: Step, input: unknown, ports: Ports): Promise<Outcome> {
  const order = parse(step.accepts, input);
  const record = await find(order.orderId, ports);
  const milestones = milestonesOf(step);
  const decision = decide(record.status, milestones);
  if (decision.kind === "ignore") throw new OrderOvertaken(order.orderId, step.name, record.status);
  if (decision.kind === "resume") return recorded(step, decision.milestone, record);

  if (step.begins && lifecycle[step.begins].to !== record.status) {
    if (!(await ports.orders.move(order, step.begins))) return run(step, order, ports);
  }
  const outcome = await attempt(step, order, ports);
  const moved = await ports.orders.move(outcome.order, outcome.event);
  // Somebody moved the order meanwhile, so look again. Statuses never go back, so this ends.
  return moved ? outcome : run(step, order, ports);
}

/** @throws InvalidOrder naming each field that is wrong */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new InvalidOrder(parsed.error);
  return parsed.data;
}

async function attempt(step: Step, order: AnyOrder, ports: Ports): Promise<Outcome> {
  try {
    return { event: step.achieves, order: await step.effect(order, ports) };
  } catch (error) {
    const event = error instanceof Refusal ? step.refusals[error.name] : undefined;
    if (!event) throw error;
    return { event, order, refusal: error as Refusal };
  }
}

/** The outcome that the order row remembers. */
function recorded(step: Step, milestone: Milestone, { order }: OrderRecord): Outcome {
  const refused = Object.entries(step.refusals).find(([, event]) => event === milestone);
  if (!refused) return { event: step.achieves, order };
  return { event: refused[1], order, refusal: new RecordedRefusal(refused[0]) };
}

/** A refusal read back from the order row: its name is what a Catch needs, its first message is in the log. */
class RecordedRefusal extends Refusal {
  constructor(name: string) {
    super("refused before, as the order row says");
    this.name = name;
  }
}

async function find(orderId: string, { orders }: Ports): Promise<OrderRecord> {
  const record = await orders.get(orderId);
  // The bus may deliver an event before the row it speaks of can be read, so an unknown order is retried, not dropped.
  if (!record) throw new OrderNotFound(orderId);
  return record;
}

const milestonesOf = (step: Step): Milestone[] => [
  ...(step.begins ? [step.begins] : []),
  step.achieves,
  ...Object.values(step.refusals),
];
