import { z } from "zod";
import type { Operations } from "../../door/door.ts";
import { AwsError } from "../../errors.ts";
import { describeSyncExecution, listedExecution } from "../execution/execution-description.ts";
import { renderEvent } from "../execution/execution-event.ts";
import { describeStateMachine } from "../state-machine.ts";
import type { StepFunctions } from "../step-functions.ts";
import { page, paging, parameters } from "./parameters.ts";

const start = z.strictObject({
  stateMachineArn: z.string(),
  name: z.string().optional(),
  input: z.string().optional(),
  // Accepted without effect: X-Ray is not part of the cloud.
  traceHeader: z.string().optional(),
});
const describe = z.strictObject({ executionArn: z.string(), includedData: z.enum(["ALL_DATA"]).optional() });
const history = z.strictObject({
  executionArn: z.string(),
  reverseOrder: z.boolean().optional(),
  includeExecutionData: z.boolean().optional(),
  ...paging,
});
const list = z.strictObject({
  stateMachineArn: z.string(),
  statusFilter: z.enum(["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]).optional(),
  ...paging,
});
const stop = z.strictObject({
  executionArn: z.string(),
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});

const redrive = z.strictObject({ executionArn: z.string(), clientToken: z.string().optional() });

/** The operations on executions. */
export const executionOperations = (states: StepFunctions): Operations => ({
  StartExecution(input, caller) {
    const { identity, startMs } = states.start(parameters(start, "StartExecution", input), caller);
    return { executionArn: identity.arn, startDate: startMs / 1000 };
  },
  StartSyncExecution(input, caller) {
    const given = parameters(start, "StartSyncExecution", input);
    requireType(states, given.stateMachineArn, "EXPRESS");
    return new Promise((resolve) => {
      states.start(given, caller, (execution) => resolve(describeSyncExecution(execution, given.input ?? "{}")));
    });
  },
  DescribeExecution(input) {
    const { executionArn } = parameters(describe, "DescribeExecution", input);
    return states.executions.describe(executionArn);
  },
  DescribeStateMachineForExecution(input) {
    const { executionArn } = parameters(describe, "DescribeStateMachineForExecution", input);
    const { machine } = states.executions.of(executionArn);
    const { creationDate: _, type: __, status: ___, ...description } = describeStateMachine(machine);
    return { ...description, updateDate: machine.updatedMs / 1000 };
  },
  GetExecutionHistory(input) {
    const {
      executionArn,
      reverseOrder = false,
      includeExecutionData = true,
      ...paged
    } = parameters(history, "GetExecutionHistory", input);
    const { events } = states.executions.of(executionArn).execution;
    const { entries, from, next } = page(reverseOrder ? events.toReversed() : events, paged);
    const idAt = (position: number) => (reverseOrder ? events.length - from - position : from + position + 1);
    return { events: entries.map((event, at) => renderEvent(event, idAt(at), includeExecutionData)), ...next };
  },
  ListExecutions(input) {
    const { stateMachineArn, statusFilter, ...paged } = parameters(list, "ListExecutions", input);
    requireType(states, stateMachineArn, "STANDARD");
    const { entries, next } = page(states.executions.list(stateMachineArn, statusFilter), paged);
    return { executions: entries.map(listedExecution), ...next };
  },
  RedriveExecution(input) {
    const { executionArn, clientToken } = parameters(redrive, "RedriveExecution", input);
    return { redriveDate: states.executions.redrive(executionArn, clientToken) / 1000 };
  },
  StopExecution(input) {
    const { executionArn, error, cause } = parameters(stop, "StopExecution", input);
    const { execution } = states.executions.of(executionArn);
    execution.stop(error, cause);
    return { stopDate: (execution.stopMs ?? states.clock.nowMs) / 1000 };
  },
});

function requireType(states: StepFunctions, stateMachineArn: string, type: "STANDARD" | "EXPRESS"): void {
  if (states.machine(stateMachineArn).type === type) return;
  throw new AwsError("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
}
