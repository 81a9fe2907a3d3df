import {
  delaysOf,
  lifecycle,
  type OrderStatus,
  type RetryBudget,
  type SagaEvent,
  type StepName,
  steps,
  timeouts,
} from "@ovsc/shared";

/** Once a step has reached this, its function calls another: it waits for the answer, or only starts it. */
export interface Call {
  readonly after: SagaEvent;
  readonly calls: StepName;
  readonly how: "waits" | "starts";
}

/** The whole chain: which function calls which. */
export const calls: readonly Call[] = [
  { after: "OrderCreated", calls: "ReserveInventory", how: "waits" },
  { after: "InventoryReserved", calls: "ChargePayment", how: "waits" },
  { after: "PaymentCharged", calls: "ShipOrder", how: "waits" },

  // Refusals go back, in reverse order. Nobody waits for that.
  { after: "ShippingFailed", calls: "RefundPayment", how: "starts" },
  { after: "PaymentRefunded", calls: "ReleaseInventory", how: "starts" },
  { after: "PaymentDeclined", calls: "ReleaseInventory", how: "starts" },
];

/** What is started where a step failed on each of its tries, or whoever was called failed or never answered. */
export const undo = "RefundPayment" satisfies StepName;

/** The steps that somebody waits for. They are tried again in their own process; the others, by Lambda's queue. */
export const forward: readonly StepName[] = [
  "CreateOrder",
  ...calls.flatMap(({ calls: step, how }) => (how === "waits" ? [step] : [])),
];

/** Which step goes on with an order that was left in a status. A compensation that has begun begins again. */
export const goesOnWith: Readonly<Partial<Record<OrderStatus, StepName>>> = {
  ...Object.fromEntries(calls.map(({ after, calls: step }) => [lifecycle[after].to, step])),
  REFUNDING: "RefundPayment",
  RELEASING: "ReleaseInventory",
};

/** What a step's function may call. */
export const callsOf = (step: StepName): readonly Pick<Call, "calls" | "how">[] => {
  const { achieves, refusals } = steps[step];
  const events: readonly SagaEvent[] = [achieves, ...refusals.map(({ leadsTo }) => leadsTo)];
  const own = calls.filter(({ after }) => events.includes(after));
  const isUndone = forward.includes(step) && !own.some(({ calls: callee }) => callee === undo);
  return isUndone ? [...own, { calls: undo, how: "starts" }] : own;
};

/** Seconds before each further try of a step in its own process: as many as a state machine would wait. */
export const delaysIn = ({ functionError }: RetryBudget): readonly number[] => delaysOf(functionError.stepFunctions);

/** Seconds that a function has left to start an undo, once all its tries have failed. */
const timeToUndo = 5;

/**
 * How long a function may take, in seconds: all tries of its own step, and whatever it waits for. So a caller always
 * outlives whom it called.
 * @param delays before each further try, in seconds
 */
export function timeoutOf(step: StepName, delays: readonly number[]): number {
  if (!forward.includes(step)) return timeouts.function;
  const own = (1 + delays.length) * timeouts.function + delays.reduce((sum, delay) => sum + delay, timeToUndo);
  return callsOf(step).reduce(
    (sum, { calls: callee, how }) => (how === "waits" ? sum + timeoutOf(callee, delays) : sum),
    own,
  );
}
