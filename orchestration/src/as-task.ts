import { type AnyOrder, log, type Ports, type StepName, steps } from "@ovsc/shared";

/** What a Task state hands to a step: see `definition.ts`. */
export interface TaskPayload {
  readonly order: unknown;
  /** Becomes the orderId where the order has none. */
  readonly executionName: string;
}

/**
 * The shell of a step in the orchestration: takes the order from the state machine, runs the step, gives back the order
 * as it grew. A refusal is thrown under its own name, for a Catch to match.
 */
export function asTask(step: StepName, ports: Ports) {
  return async ({ order, executionName }: TaskPayload): Promise<AnyOrder> => {
    const isObject = typeof order === "object" && order !== null;
    const input = isObject ? { orderId: executionName, ...order } : order;
    const about = {
      step,
      correlationId: isObject && "orderId" in order ? order.orderId : executionName,
      causationId: executionName,
    };
    log("info", "step started", about);
    try {
      const result = await steps[step].run(input, ports);
      if (result.refusal) throw result.refusal;
      log("info", result.event, about);
      return result.order;
    } catch (error) {
      log("warn", "step failed", { ...about, error: (error as Error).name, reason: (error as Error).message });
      throw error;
    }
  };
}
