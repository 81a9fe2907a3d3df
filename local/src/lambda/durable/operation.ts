import { billedBytes } from "../../billed-bytes.ts";

/**
 * What a durable execution has done and is doing, as the API gives it: timestamps in seconds since 1970.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Operation.html (2026-11-21)
 */
export interface Operation {
  readonly Id: string;
  readonly ParentId?: string;
  readonly Name?: string;
  readonly Type: OperationType;
  readonly SubType?: string;
  readonly Status: OperationStatus;
  readonly StartTimestamp: number;
  readonly EndTimestamp?: number;
  readonly ExecutionDetails?: { readonly InputPayload: string };
  readonly ContextDetails?: Ended & { readonly ReplayChildren?: boolean };
  readonly StepDetails?: Ended & { readonly Attempt: number; readonly NextAttemptTimestamp?: number };
  readonly WaitDetails?: { readonly ScheduledEndTimestamp: number };
  readonly CallbackDetails?: Ended & { readonly CallbackId: string };
  readonly ChainedInvokeDetails?: Ended;
}

export type OperationType = "EXECUTION" | "CONTEXT" | "STEP" | "WAIT" | "CALLBACK" | "CHAINED_INVOKE";
export type OperationStatus = "STARTED" | "PENDING" | "READY" | "SUCCEEDED" | "FAILED" | "CANCELLED" | "TIMED_OUT";
export type OperationAction = "START" | "SUCCEED" | "FAIL" | "RETRY" | "CANCEL";

/** What came of an operation. */
interface Ended {
  readonly Result?: string;
  readonly Error?: ErrorObject;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_ErrorObject.html (2026-11-21) */
export interface ErrorObject {
  readonly ErrorMessage?: string;
  readonly ErrorType?: string;
  readonly ErrorData?: string;
  readonly StackTrace?: readonly string[];
}

/**
 * One change of an operation that a running function asks for.
 * https://docs.aws.amazon.com/lambda/latest/api/API_OperationUpdate.html
 */
export interface OperationUpdate {
  readonly Id: string;
  readonly ParentId?: string;
  readonly Name?: string;
  readonly Type: OperationType;
  readonly SubType?: string;
  readonly Action: OperationAction;
  readonly Payload?: string;
  readonly Error?: ErrorObject;
  readonly ContextOptions?: { readonly ReplayChildren?: boolean };
  readonly StepOptions?: { readonly NextAttemptDelaySeconds?: number };
  readonly WaitOptions?: { readonly WaitSeconds?: number };
  readonly CallbackOptions?: { readonly TimeoutSeconds?: number; readonly HeartbeatTimeoutSeconds?: number };
  readonly ChainedInvokeOptions?: { readonly FunctionName: string; readonly TenantId?: string };
}

/** Statuses after which an operation changes no more. */
export const isOver = ({ Status }: Operation): boolean =>
  Status === "SUCCEEDED" || Status === "FAILED" || Status === "CANCELLED" || Status === "TIMED_OUT";

/** As histories name an end. https://docs.aws.amazon.com/lambda/latest/api/API_Event.html (2026-11-21) */
export const endNames = { SUCCEEDED: "Succeeded", FAILED: "Failed", TIMED_OUT: "TimedOut" } as const;

/** What a payload and an error are billed by. */
export const bytesOf = (payload: string | undefined, error: ErrorObject | undefined): number =>
  billedBytes(payload ?? "") + (error ? billedBytes(JSON.stringify(error)) : 0);
