import { AwsError } from "../../errors.ts";
import type { InvocationFault } from "../../faults/faults.ts";
import { throttled } from "./concurrency.ts";
import type { Surroundings } from "./environment.ts";
import type { Invocation } from "./invocation.ts";
import { exited, outOfMemory, type InvocationOutcome } from "./outcome.ts";

/** What strikes a try of a function, if anything; the history has it. */
export function faultOf(
  functionName: string,
  { requestId, attempt, asynchronous, payload, trace }: Invocation,
  { clock, faults, history }: Pick<Surroundings, "clock" | "faults" | "history">,
): InvocationFault | undefined {
  const { correlationId } = trace;
  const invocation = { functionName, requestId, attempt, asynchronous, payload, atMs: clock.nowMs, correlationId };
  const fault = faults.onInvocation?.(invocation);
  if (fault) history.record(trace, { type: "Fault", fault, where: functionName });
  return fault;
}

/** @throws AwsError for a fault that keeps a function from running */
export function turnDown(fault: InvocationFault | undefined): void {
  if (fault === "throttle") throw throttled("ConcurrentInvocationLimitExceeded");
  if (fault === "service error") {
    const message = "The AWS Lambda service encountered an internal error.";
    throw new AwsError("ServiceException", message, 500, { Type: "Service" });
  }
}

/** How a function ends that is struck when it has begun; undefined where nothing strikes it. */
export function struckDown(fault: InvocationFault | undefined, requestId: string): InvocationOutcome | undefined {
  if (fault === "crash") return exited(requestId, "signal: killed");
  return fault === "out of memory" ? outOfMemory(requestId) : undefined;
}
