import type { endNames, ErrorObject, Operation, OperationStatus, OperationUpdate } from "./operation.ts";

/** What an operation is after a running function changed it; `operation` is undefined where it begins. */
export function changed(
  update: OperationUpdate,
  operation: Operation | undefined,
  { nowMs, callbackId }: { nowMs: number; callbackId: string },
): Operation {
  const now = nowMs / 1000;
  const { Id, ParentId, Name, Type, SubType, Action, Payload, Error: error } = update;
  const begun: Operation = operation ?? {
    Id,
    ...(ParentId !== undefined && { ParentId }),
    ...(Name !== undefined && { Name }),
    Type,
    ...(SubType !== undefined && { SubType }),
    Status: "STARTED",
    StartTimestamp: now,
  };
  const status: OperationStatus = {
    START: "STARTED",
    SUCCEED: "SUCCEEDED",
    FAIL: "FAILED",
    RETRY: "PENDING",
    CANCEL: "CANCELLED",
  }[Action] as OperationStatus;
  const over = Action === "SUCCEED" || Action === "FAIL" || Action === "CANCEL";
  const next: Operation = { ...begun, Status: status, ...(over && { EndTimestamp: now }) };
  const result = { ...(Payload !== undefined && { Result: Payload }), ...(error && { Error: error }) };
  if (Type === "STEP") {
    const attempts = operation?.StepDetails?.Attempt ?? 0;
    const delay = update.StepOptions?.NextAttemptDelaySeconds ?? 0;
    const attempt = Action === "START" ? attempts : attempts + 1;
    const retry = Action === "RETRY" && { NextAttemptTimestamp: now + delay };
    return { ...next, StepDetails: { Attempt: attempt, ...result, ...retry } };
  }
  if (Type === "CONTEXT") {
    const replayChildren = update.ContextOptions?.ReplayChildren ?? operation?.ContextDetails?.ReplayChildren;
    return {
      ...next,
      ContextDetails: { ...result, ...(replayChildren !== undefined && { ReplayChildren: replayChildren }) },
    };
  }
  if (Action !== "START") return next;
  if (Type === "WAIT") {
    return { ...next, WaitDetails: { ScheduledEndTimestamp: now + (update.WaitOptions?.WaitSeconds ?? 0) } };
  }
  if (Type === "CALLBACK") return { ...next, CallbackDetails: { CallbackId: callbackId } };
  return Type === "CHAINED_INVOKE" ? { ...next, ChainedInvokeDetails: {} } : next;
}

/** What came of a chained invocation or a callback, which the service itself ends. */
export function endedBy(
  operation: Operation,
  status: keyof typeof endNames,
  outcome: { readonly Result?: string; readonly Error?: ErrorObject },
  nowMs: number,
): Operation {
  const over = { ...operation, Status: status, EndTimestamp: nowMs / 1000 };
  return operation.CallbackDetails
    ? { ...over, CallbackDetails: { ...operation.CallbackDetails, ...outcome } }
    : { ...over, ChainedInvokeDetails: outcome };
}
