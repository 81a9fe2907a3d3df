import {
  ApprovalDecided,
  log,
  NeedsAttention,
  type OrderStatus,
  parse,
  PlacementRef,
  type Ports,
  type Reason,
  refOfRow,
  type StepName,
  type StepResult,
  steps,
} from "@ovsc/shared";

/** What a Task state hands to a step: the state's data. */
export interface TaskPayload {
  readonly orderId?: unknown;
  readonly placementId?: unknown;
  readonly generation?: unknown;
  /** Of a task that waits for an approval, or the id of a callback. */
  readonly taskToken?: string;
  /** What a Catch noted of the state before. */
  readonly failure?: { readonly Error: string; readonly Cause?: string } | undefined;
}

/** What a step gives back to the state machine: ids and statuses. The row holds the order. */
export interface TaskResult extends PlacementRef {
  readonly status: OrderStatus;
  /** The furthest that the order came before it was undone. */
  readonly reached: OrderStatus;
}

/** @param causationId what led to it: the placement, whose execution runs the step */
export type Tell = (reached: StepResult, causationId: string) => Promise<void>;

/**
 * The shell of a step in the orchestration: runs the step on the order that the state's data names, and gives back its
 * status. A refusal is thrown under its own name, for a Catch to match.
 * @param tell says to others what the step reached; where it fails, so does this try, and the next says it again
 */
export function asTask(step: StepName, ports: Ports, tell: Tell = async () => {}) {
  return async (payload: TaskPayload): Promise<TaskResult> => {
    const { taskToken } = payload;
    if (step === "ChargePayment" && taskToken !== undefined) return keepToken(taskToken, payload, ports);
    const { orderId, placementId } = payload;
    const about = { step, correlationId: orderId, placementId, causationId: placementId };
    log("info", "step started", about);
    try {
      const failure = reasonIn(payload);
      const message = { ...parse(PlacementRef, payload), ...(failure && { failure }) };
      const result = await steps[step].run(message, ports);
      await tell(result, message.placementId);
      const { event, record, refusal } = result;
      log("info", event, { ...about, refusal: refusal?.message, reason: record.reason?.message });
      if (refusal) throw refusal;
      // An execution must not succeed with a parked order: it fails here. A repair starts another.
      if (event === "OrderParked") throw new NeedsAttention();
      const { status, statuses } = record;
      return { ...refOfRow(record), status, reached: furthest(statuses) };
    } catch (error) {
      log("warn", "step failed", { ...about, error: (error as Error).name, reason: (error as Error).message });
      throw error;
    }
  };
}

/**
 * Keeps the token by which the execution waits for an approval, so that whoever decides can say so.
 * @throws ApprovalDecided where nothing is waited for any more: the execution looks at once
 */
async function keepToken(taskToken: string, payload: TaskPayload, { orders }: Ports): Promise<TaskResult> {
  const { orderId, placementId } = parse(PlacementRef, payload);
  const record = await orders.get(orderId);
  const isOurs = record?.placementId === placementId;
  if (!isOurs || !(await orders.keepToken(record, taskToken))) throw new ApprovalDecided(orderId);
  log("info", "waits for approval", {
    step: "ChargePayment",
    correlationId: orderId,
    placementId,
    causationId: placementId,
  });
  return { orderId, placementId, status: record.status, reached: furthest(record.statuses) };
}

/** Where an order is undone, parked and repaired. */
const undoing: readonly OrderStatus[] = [
  "REFUNDING",
  "PAYMENT_REFUNDED",
  "RELEASING",
  "INVENTORY_RELEASED",
  "NEEDS_ATTENTION",
];

/** A row that began with its undo came no further than that. */
const furthest = (statuses: readonly OrderStatus[]): OrderStatus =>
  statuses.findLast((status) => !undoing.includes(status)) ?? statuses[0]!;

/** The cause that a Catch notes of a function is the JSON text of what it threw. */
function reasonIn({ failure }: TaskPayload): Reason | undefined {
  if (!failure) return undefined;
  const { Error: error, Cause = "" } = failure;
  try {
    const { errorMessage = Cause } = JSON.parse(Cause) as { errorMessage?: string };
    return { error, message: errorMessage };
  } catch {
    return { error, message: Cause };
  }
}
