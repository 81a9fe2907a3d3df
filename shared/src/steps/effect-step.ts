import type { z } from "zod/mini";
import { approvalBefore, denyUnanswered } from "../approval.ts";
import {
  ApprovalDenied,
  ApprovalPending,
  OrderConflict,
  OrderContended,
  OrderNotFound,
  OrderOvertaken,
  Refusal,
} from "../errors.ts";
import { idempotencyKeyOf } from "../ledgers.ts";
import { type Claim, decide, lifecycle, type Milestone } from "../lifecycle.ts";
import { AnyOrder } from "../order.ts";
import type { Added, OrderRecord, Ports, Reason } from "../ports.ts";
import type { StepName } from "./step-names.ts";
import { type Message, mostLooks, parse, type RefusedAs, type Step, type StepResult } from "./step.ts";
import { checkGeneration, findOrTake, rejections } from "./take-placement.ts";

/** A step that has an effect on an order which is in the table already. */
interface EffectStep<Name extends StepName, In extends AnyOrder, Undone extends StepName> extends Omit<
  Step<Name>,
  "rejects" | "run"
> {
  readonly accepts: z.ZodMiniType<In>;
  readonly undoes?: readonly Undone[];
  /** A compensation claims the order with this move before it undoes anything. */
  readonly begins?: Claim;
  /**
   * Where CreateOrder never wrote the row, the step writes it as it is after this milestone, so that the order comes to
   * an end all the same and a late CreateOrder finds it.
   */
  readonly whereNoRowIs?: Milestone;
  /** A person must say yes before the effect, where the stack has a limit. */
  readonly waitsForApproval?: true;
  /**
   * Safe to repeat: each request in it carries an idempotency key.
   * @param keyOf the key of the step's own request, or of a request that it undoes: the same on every retry
   * @param failure what failed, where this step runs because another failed
   * @returns what the step adds to the row
   * @throws Refusal, Ambiguity
   */
  effect(order: In, ports: Ports, keyOf: (step: Name | Undone) => string, failure?: Reason): Promise<Added>;
}

/** A step that takes the saga forward. */
export const forwardStep = <Name extends StepName, In extends AnyOrder>(
  step: Omit<EffectStep<Name, In, never>, "begins" | "undoes" | "whereNoRowIs">,
): Step<Name> => ({ ...step, rejects: [], run: (message, ports) => run(step, message, ports) });

/** A step that takes the saga back: it undoes, or gives the order to a person. */
export function compensation<Name extends StepName, const Undone extends StepName>(
  step: Pick<EffectStep<Name, AnyOrder, Undone>, "name" | "begins" | "achieves" | "whereNoRowIs"> & {
    readonly undoes: readonly Undone[];
    effect(
      order: AnyOrder,
      ports: Ports,
      keyOf: (step: Name | Undone) => string,
      failure?: Reason,
    ): Promise<void | { readonly reason?: Reason }>;
  },
): Step<Name> {
  const nothingElse = { refusals: [], ambiguities: [], accepts: AnyOrder };
  const effectStep: EffectStep<Name, AnyOrder, Undone> = {
    ...step,
    ...nothingElse,
    effect: async (...given) => (await step.effect(...given)) ?? {},
  };
  const rejects = step.whereNoRowIs ? rejections : [];
  return { ...step, ...nothingElse, rejects, run: (message, ports) => run(effectStep, message, ports) };
}

type AnyStep<In extends AnyOrder> = EffectStep<StepName, In, StepName>;

/**
 * Whatever has happened before: first delivery, redelivery, retry after a crash between any two lines, or a delivery
 * that comes too late. Where somebody moved the order between the look and the write, the step looks again.
 */
async function run<In extends AnyOrder>(step: AnyStep<In>, message: Message, ports: Ports): Promise<StepResult> {
  for (let look = 1; look <= mostLooks; look += 1) {
    const result = await lookAndAct(step, message, ports);
    if (result) return result;
  }
  throw new OrderContended(message.orderId, step.name);
}

/** @returns nothing where somebody else moved the order meanwhile */
async function lookAndAct<In extends AnyOrder>(
  step: AnyStep<In>,
  message: Message,
  ports: Ports,
): Promise<StepResult | undefined> {
  const record = await find(step, message, ports);
  if (!record) return undefined;
  const approval = step.waitsForApproval && approvalBefore(record, ports.approval);
  if (approval) return reachApproval(approval, record, ports);
  const decision = decide(record.status, milestonesOf(step));
  if (decision.kind === "ignore") throw new OrderOvertaken(message.orderId, step.name, record.status);
  if (decision.kind === "resume") return recorded(step, decision.milestone, record);

  const claim = step.begins && lifecycle[step.begins].to !== record.status ? step.begins : undefined;
  if (claim && !(await ports.orders.move(record, claim))) return undefined;
  const { added, event, refusal } = await attempt(step, { record, message }, ports);
  if (!(await ports.orders.move(record, event, added))) return undefined;
  const passed = [...(claim ? [lifecycle[claim].to] : []), lifecycle[event].to];
  const { reason = record.reason, ...obtained } = added;
  return {
    event,
    record: {
      ...record,
      order: { ...record.order, ...obtained },
      status: lifecycle[event].to,
      statuses: [...record.statuses, ...passed],
      ...(reason && { reason }),
    },
    ...(refusal && { refusal }),
  };
}

/** Asks for the approval, or finds it denied. @returns nothing where somebody else moved the order meanwhile */
async function reachApproval(
  event: "ApprovalRequested" | "ApprovalDenied",
  record: OrderRecord,
  { orders }: Ports,
): Promise<StepResult | undefined> {
  const isThere = lifecycle[event].to === record.status;
  if (!isThere) {
    const isAsked = event === "ApprovalRequested";
    if (!(await (isAsked ? orders.move(record, event) : denyUnanswered(orders, record)))) return undefined;
  }
  const { to: status } = lifecycle[event];
  const statuses = isThere ? record.statuses : [...record.statuses, status];
  const refusal =
    event === "ApprovalDenied"
      ? new ApprovalDenied(record.approval?.by ?? "the deadline")
      : new ApprovalPending(record.order.orderId);
  return { event, record: { ...record, status, statuses }, refusal };
}

async function attempt<In extends AnyOrder>(
  step: AnyStep<In>,
  { record, message }: { readonly record: OrderRecord; readonly message: Message },
  ports: Ports,
): Promise<Omit<StepResult, "record"> & { readonly added: Added }> {
  const keyOf = (name: StepName) => idempotencyKeyOf(record, name);
  try {
    const added = await step.effect(parse(step.accepts, record.order), ports, keyOf, message.failure);
    return { event: step.achieves, added };
  } catch (error) {
    const refused = step.refusals.find((each) => error instanceof each.error);
    if (!refused) throw error;
    return { event: refused.leadsTo, refusal: error as Refusal, added: {} };
  }
}

/** The result that the order row remembers. */
export function recorded(
  step: Pick<Step, "achieves" | "refusals">,
  milestone: Milestone,
  record: OrderRecord,
): StepResult {
  const refused = step.refusals.find(({ leadsTo }) => leadsTo === milestone);
  return refused
    ? { event: refused.leadsTo, record, refusal: new RecordedRefusal(refused) }
    : { event: step.achieves, record };
}

/** A refusal read back from the order row: its name is what a Catch needs, its first message is in the log. */
class RecordedRefusal extends Refusal {
  constructor({ error }: RefusedAs) {
    super("refused before, as the order row says");
    this.name = error.name;
  }
}

/** @throws OrderConflict where the row is another placement's or generation's: nothing of it is ours to move */
async function find(
  { whereNoRowIs }: { readonly whereNoRowIs?: Milestone },
  message: Message,
  ports: Ports,
): Promise<OrderRecord | undefined> {
  if (whereNoRowIs) return checkGeneration(await findOrTake(message, whereNoRowIs, ports), message);
  const record = await ports.orders.get(message.orderId);
  // The bus may deliver an event before the row it speaks of can be read, so an unknown order is retried, not dropped.
  if (!record) throw new OrderNotFound(message.orderId);
  if (record.placementId !== message.placementId) throw new OrderConflict(message.orderId);
  return checkGeneration(record, message);
}

const milestonesOf = ({ begins, achieves, refusals }: Pick<AnyStep<AnyOrder>, "begins" | "achieves" | "refusals">) => [
  ...(begins ? [begins] : []),
  achieves,
  ...refusals.map(({ leadsTo }) => leadsTo),
];
