import type { DurableContext } from "@aws/durable-execution-sdk-js";
import type { TaskPayload, TaskResult } from "@ovsc/orchestration/as-task";
import type { endsOf } from "@ovsc/orchestration/ends";
import { stepAt } from "@ovsc/orchestration/step-at";
import {
  ApprovalPending,
  InventoryUnavailable,
  NeedsAttention,
  OrderOvertaken,
  type OrderStatus,
  type Reason,
  type StepName,
  waitsSeconds,
} from "@ovsc/shared";
import { type Answer, reasonIn } from "./as-invoked.ts";
import { back, next, unanswered } from "./ways.ts";

/** What the workflow works with. */
export interface Surroundings {
  /** Runs a step once, wherever steps run. @throws what another try may mend */
  readonly run: (step: StepName, payload: TaskPayload, context: DurableContext) => Promise<Answer>;
  /** Before each further try of a step, in seconds. */
  readonly delays: readonly number[];
  /** Reads the status of an order's row. */
  readonly whereIs: (orderId: unknown) => Promise<OrderStatus>;
}

/** An end of the saga other than a shipped order: as the orchestration's state machine fails, so does the workflow. */
export class SagaFailed extends Error {
  constructor(ending: keyof typeof endsOf, message: string) {
    super(message);
    this.name = ending;
  }
}

/**
 * The whole saga as code: the steps in order, and for each failure where it goes and what it says in the end.
 * @throws SagaFailed for every end but a shipped order
 */
export async function workflow(
  input: TaskPayload,
  context: DurableContext,
  surroundings: Surroundings,
): Promise<TaskResult> {
  let step: StepName = "CreateOrder";
  let failure: TaskPayload["failure"];
  for (;;) {
    const { orderId, placementId, generation } = input;
    const payload = { orderId, placementId, generation, ...(failure && { failure }) };
    const answer = await tries(step, payload, context, surroundings);
    if ("reached" in answer) {
      if (step === "ShipOrder") return answer.reached;
      if (step === "ReleaseInventory") throw undone(answer.reached.reached);
      // An order that needed no parking goes on from wherever it is.
      step = next[step] ?? stepAt[await whereIs(orderId, context, surroundings)];
      continue;
    }
    const { error, message } = "refused" in answer ? answer.refused : answer.unanswered;
    if (error === OrderOvertaken.name) {
      // Somebody moved the order on: so does this execution, from wherever the row is.
      step = stepAt[await whereIs(orderId, context, surroundings)];
      continue;
    }
    if (error === ApprovalPending.name) {
      // Then ChargePayment looks again.
      await approval(input, context, surroundings);
      continue;
    }
    if ("refused" in answer && back[error] === undefined) throw refused(answer.refused);
    const way: StepName | undefined = back[error] ?? unanswered[step];
    // Parking failed too: the order waits for the sweeper.
    if (way === undefined) throw Object.assign(new Error(message), { name: error });
    failure = { Error: error, Cause: JSON.stringify({ errorMessage: message }) };
    step = way;
  }
}

/** As often as the budget allows, and as patiently. While it waits, nothing runs and nothing is billed. */
async function tries(
  step: StepName,
  payload: TaskPayload,
  context: DurableContext,
  { run, delays }: Surroundings,
): Promise<Answer | { readonly unanswered: Reason }> {
  const once = () => run(step, payload, context);
  for (const seconds of delays) {
    try {
      return await once();
    } catch {
      await context.wait(`before ${step} again`, { seconds });
    }
  }
  try {
    return await once();
  } catch (error) {
    return { unanswered: reasonIn(error as Error) };
  }
}

/**
 * Waits until it is time to look: until an approver says so, or until the deadline. The row keeps the callback's id,
 * so that whoever decides can answer it; where nobody need wait any more, it is time at once.
 */
async function approval(
  { orderId, placementId }: TaskPayload,
  context: DurableContext,
  surroundings: Surroundings,
): Promise<void> {
  const [answered, taskToken] = await context.createCallback("approval", { timeout: { seconds: waitsSeconds } });
  const kept = await tries("ChargePayment", { orderId, placementId, taskToken }, context, surroundings);
  if ("reached" in kept) await answered.catch(() => {});
}

const whereIs = (orderId: unknown, context: DurableContext, { delays, whereIs: read }: Surroundings) =>
  context.step("WhereIsIt", () => read(orderId), {
    retryStrategy: (_, attempt) => {
      const seconds = delays[attempt - 1];
      return seconds === undefined ? { shouldRetry: false } : { shouldRetry: true, delay: { seconds } };
    },
  });

/** Nothing is left to undo, or it is for a person. */
function refused({ error, message }: Reason): SagaFailed {
  if (error === NeedsAttention.name) return new SagaFailed(error, message);
  if (error === InventoryUnavailable.name) return new SagaFailed(error, "Inventory unavailable");
  return new SagaFailed("OrderRefused", "Order refused");
}

/** @param reached the furthest that the order came before it was undone */
function undone(reached: OrderStatus): SagaFailed {
  if (reached === "CHARGED" || reached === "SHIPPING_FAILED") {
    return new SagaFailed("ShippingFailed", "Shipping failed, payment refunded and inventory released");
  }
  if (reached === "PAYMENT_DECLINED") {
    return new SagaFailed("PaymentDeclined", "Payment declined and inventory released");
  }
  if (reached === "APPROVAL_DENIED") {
    return new SagaFailed("ApprovalDenied", "Approval denied and inventory released");
  }
  return reached === "RESERVED"
    ? new SagaFailed("PaymentFailed", "Payment failed, payment refunded and inventory released")
    : new SagaFailed("ReservationFailed", "Reservation failed and inventory released");
}
