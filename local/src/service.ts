import type { CapacityUnits, Trace } from "./history.ts";

/** On whose behalf a call is made: an IAM role, an AWS service, or the operator who opened the cloud. */
export type Principal =
  /** `session` is the name of the role session, which AWS puts into its refusals: a function's name, for instance. */
  | { readonly kind: "role"; readonly arn: string; readonly session?: string }
  | { readonly kind: "service"; readonly service: string; readonly sourceArn: string }
  | { readonly kind: "operator" };

export interface Caller {
  readonly principal: Principal;
  readonly trace: Trace;
  /** Where DynamoDB adds up the capacity units that the call takes, whether it is answered or turned down. */
  readonly units?: CapacityUnits;
}

/**
 * One AWS service of the cloud. Inputs and outputs are those of the SDK's commands after JSON: timestamps in seconds,
 * blobs in base64.
 */
export interface Service {
  /**
   * @returns the output members of the operation
   * @throws AwsError where AWS would answer with an error
   * @throws UnknownFeature for an operation or parameter the cloud does not know
   */
  call(operation: string, input: Readonly<Record<string, unknown>>, caller: Caller): unknown;
}

/** Calls another service of the same cloud: authorized, recorded in the history, then carried out. */
export type Api = (
  caller: Caller,
  service: string,
  operation: string,
  input: Readonly<Record<string, unknown>>,
) => Promise<unknown>;
