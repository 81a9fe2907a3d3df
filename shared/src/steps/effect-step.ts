import type { z } from "zod";
import { OrderContended, OrderNotFound, OrderOvertaken, Refusal } from "../errors.ts";
import { type Claim, decide, lifecycle, type Milestone } from "../lifecycle.ts";
import { AnyOrder, type Obtained } from "../order.ts";
import type { OrderRecord, Ports } from "../ports.ts";
import type { StepName } from "./step-names.ts";
import { parse, type RefusedAs, type Step, type StepResult } from "./step.ts";

/** A step that has an effect on an order which is in the table already. */
interface EffectStep<Name extends StepName, In extends AnyOrder, Undone extends StepName> extends Omit<
  Step<Name>,
  "rejects" | "run"
> {
  readonly accepts: z.ZodType<In>;
  readonly undoes?: readonly Undone[];
  /** A compensation claims the order with this move before it undoes anything. */
  readonly begins?: Claim;
  /**
   * Safe to repeat: each request in it carries an idempotency key.
   * @param keyOf the key of the step's own request, or of a request that it undoes: the same on every retry
   * @returns what the step adds to the order
   * @throws Refusal, Ambiguity
   */
  effect(order: In, ports: Ports, keyOf: (step: Name | Undone) => string): Promise<Partial<Obtained>>;
}

/** A step that takes the saga forward. */
export const forwardStep = <Name extends StepName, In extends AnyOrder>(
  step: Omit<EffectStep<Name, In, never>, "begins" | "undoes">,
): Step<Name> => ({ ...step, rejects: [], run: (input, ports) => run(step, input, ports) });

/** A step that takes the saga back: it undoes, or gives the order to a person. */
export function compensation<Name extends StepName, const Undone extends StepName>(
  step: Pick<EffectStep<Name, AnyOrder, Undone>, "name" | "begins" | "achieves"> & {
    readonly undoes: readonly Undone[];
    effect(order: AnyOrder, ports: Ports, keyOf: (step: Name | Undone) => string): Promise<void>;
  },
): Step<Name> {
  const nothingElse = { refusals: [], rejects: [], ambiguities: [] };
  const effectStep: EffectStep<Name, AnyOrder, Undone> = {
    ...step,
    ...nothingElse,
    accepts: AnyOrder,
    async effect(order, ports, keyOf) {
      await step.effect(order, ports, keyOf);
      return {};
    },
  };
  return { ...step, ...nothingElse, run: (input, ports) => run(effectStep, input, ports) };
}

type AnyStep<In extends AnyOrder> = EffectStep<StepName, In, StepName>;

/** How often a step looks at the row before it leaves the order to its next try. */
const mostLooks = 5;

/**
 * Whatever has happened before: first delivery, redelivery, retry after a crash between any two lines, or a delivery
 * that comes too late. Where somebody moved the order between the look and the write, the step looks again.
 */
async function run<In extends AnyOrder>(step: AnyStep<In>, input: unknown, ports: Ports): Promise<StepResult> {
  const order = parse(step.accepts, input);
  for (let look = 1; look <= mostLooks; look += 1) {
    const result = await lookAndAct(step, order, ports);
    if (result) return result;
  }
  throw new OrderContended(order.orderId, step.name);
}

/** @returns nothing where somebody else moved the order meanwhile */
async function lookAndAct<In extends AnyOrder>(
  step: AnyStep<In>,
  order: In,
  ports: Ports,
): Promise<StepResult | undefined> {
  const record = await find(order.orderId, ports);
  const decision = decide(record.status, milestonesOf(step));
  if (decision.kind === "ignore") throw new OrderOvertaken(order.orderId, step.name, record.status);
  if (decision.kind === "resume") return recorded(step, decision.milestone, record);

  if (step.begins && lifecycle[step.begins].to !== record.status) {
    if (!(await ports.orders.move(order.orderId, step.begins))) return undefined;
  }
  const { obtained, ...result } = await attempt(step, order, ports);
  const moved = await ports.orders.move(order.orderId, result.event, obtained);
  return moved ? result : undefined;
}

async function attempt<In extends AnyOrder>(
  step: AnyStep<In>,
  order: In,
  ports: Ports,
): Promise<StepResult & { readonly obtained?: Partial<Obtained> }> {
  try {
    const obtained = await step.effect(order, ports, (name) => `${order.orderId}:${name}`);
    return { event: step.achieves, order: { ...order, ...obtained }, obtained };
  } catch (error) {
    const refused = step.refusals.find((each) => error instanceof each.error);
    if (!refused) throw error;
    return { event: refused.leadsTo, order, refusal: error as Refusal };
  }
}

/** The result that the order row remembers. */
function recorded(step: Pick<Step, "achieves" | "refusals">, milestone: Milestone, { order }: OrderRecord): StepResult {
  const refused = step.refusals.find(({ leadsTo }) => leadsTo === milestone);
  return refused
    ? { event: refused.leadsTo, order, refusal: new RecordedRefusal(refused) }
    : { event: step.achieves, order };
}

/** A refusal read back from the order row: its name is what a Catch needs, its first message is in the log. */
class RecordedRefusal extends Refusal {
  constructor({ error }: RefusedAs) {
    super("refused before, as the order row says");
    this.name = error.name;
  }
}

async function find(orderId: string, { orders }: Ports): Promise<OrderRecord> {
  const record = await orders.get(orderId);
  // The bus may deliver an event before the row it speaks of can be read, so an unknown order is retried, not dropped.
  if (!record) throw new OrderNotFound(orderId);
  return record;
}

const milestonesOf = ({ begins, achieves, refusals }: Pick<AnyStep<AnyOrder>, "begins" | "achieves" | "refusals">) => [
  ...(begins ? [begins] : []),
  achieves,
  ...refusals.map(({ leadsTo }) => leadsTo),
];
