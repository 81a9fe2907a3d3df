import type { ExpressBilling } from "../../history.ts";
import type { JsonObject } from "../data/json.ts";
import type { Execution } from "./execution.ts";
import { whyNotRedrivable } from "./redrive.ts";

const included = { included: true };

/**
 * As DescribeExecution gives it; dates are in seconds.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 * @param input the text that StartExecution was given
 */
export const describeExecution = (execution: Execution, input: string): JsonObject => ({
  ...listedExecution(execution),
  input,
  inputDetails: included,
  ...outcome(execution),
  redriveCount: execution.redriveCount,
  ...(execution.redriveMs !== undefined && { redriveDate: execution.redriveMs / 1000 }),
  ...redrivable(execution),
});

/** As ListExecutions gives it. */
export const listedExecution = ({ identity, status, startMs, stopMs }: Execution): JsonObject => ({
  executionArn: identity.arn,
  stateMachineArn: identity.stateMachine.Id,
  name: identity.name,
  status,
  startDate: startMs / 1000,
  ...(stopMs !== undefined && { stopDate: stopMs / 1000 }),
});

/**
 * As StartSyncExecution gives it.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
 */
export function describeSyncExecution(execution: Execution, input: string): JsonObject {
  const { durationMs, memoryMegabytes } = expressBilling(execution);
  return {
    ...listedExecution(execution),
    input,
    inputDetails: included,
    ...outcome(execution),
    // Recorded: of an execution that failed, too.
    outputDetails: included,
    billingDetails: {
      billedMemoryUsedInMB: memoryMegabytes,
      billedDurationInMilliseconds: durationMs,
    },
  };
}

/**
 * What an Express execution that ends now is billed for. AWS counts memory in steps of 64 MB and does not publish what
 * takes how much; recorded executions took one step.
 */
export const expressBilling = ({ startMs, host }: Execution): ExpressBilling => ({
  durationMs: Math.max(1, Math.ceil((host.clock.nowMs - startMs) / 100)) * 100,
  memoryMegabytes: 64,
});

const outcome = ({ status, output, error, cause }: Execution): JsonObject => ({
  ...(status === "SUCCEEDED" && { output: JSON.stringify(output), outputDetails: included }),
  ...(error !== undefined && { error }),
  ...(cause !== undefined && { cause }),
});

function redrivable(execution: Execution): JsonObject {
  const reason = whyNotRedrivable(execution);
  if (reason === undefined) return { redriveStatus: "REDRIVABLE" };
  return { redriveStatus: "NOT_REDRIVABLE", redriveStatusReason: reason };
}
