import type { Operations } from "../../door/door.ts";
import { AwsError } from "../../errors.ts";
import { describeSyncExecution, listedExecution } from "../execution/execution-description.ts";
import { renderEvent } from "../execution/execution-event.ts";
import type { ExecutionStatus } from "../execution/execution.ts";
import { describeStateMachine } from "../state-machine.ts";
import type { StartInput, StepFunctions } from "../step-functions.ts";
import { page, type PageInput } from "./page.ts";

interface Named {
  readonly executionArn: string;
}

interface HistoryInput extends Named, PageInput {
  readonly reverseOrder?: boolean;
  readonly includeExecutionData?: boolean;
}

interface ListInput extends PageInput {
  readonly stateMachineArn: string;
  readonly statusFilter?: ExecutionStatus;
}

/** The operations on executions. */
export const executionOperations = (states: StepFunctions): Operations => ({
  // X-Ray is not part of the cloud: a traceHeader changes nothing.
  StartExecution(input: StartInput, caller) {
    const { identity, startMs } = states.start(input, caller);
    return { executionArn: identity.arn, startDate: startMs / 1000 };
  },
  StartSyncExecution(given: StartInput, caller) {
    requireType(states, given.stateMachineArn, "EXPRESS");
    return new Promise((resolve) => {
      states.start(given, caller, (execution) => resolve(describeSyncExecution(execution, given.input ?? "{}")));
    });
  },
  DescribeExecution: ({ executionArn }: Named) => states.executions.describe(executionArn),
  DescribeStateMachineForExecution({ executionArn }: Named) {
    const { machine } = states.executions.of(executionArn);
    const { creationDate: _, type: __, status: ___, ...description } = describeStateMachine(machine);
    return { ...description, updateDate: machine.updatedMs / 1000 };
  },
  GetExecutionHistory({ executionArn, reverseOrder = false, includeExecutionData = true, ...paged }: HistoryInput) {
    const { events } = states.executions.of(executionArn).execution;
    const { entries, from, next } = page(reverseOrder ? events.toReversed() : events, paged);
    const idAt = (position: number) => (reverseOrder ? events.length - from - position : from + position + 1);
    return { events: entries.map((event, at) => renderEvent(event, idAt(at), includeExecutionData)), ...next };
  },
  ListExecutions({ stateMachineArn, statusFilter, ...paged }: ListInput) {
    requireType(states, stateMachineArn, "STANDARD");
    const { entries, next } = page(states.executions.list(stateMachineArn, statusFilter), paged);
    return { executions: entries.map(listedExecution), ...next };
  },
  RedriveExecution: ({ executionArn, clientToken }: Named & { readonly clientToken?: string }) => ({
    redriveDate: states.executions.redrive(executionArn, clientToken) / 1000,
  }),
  StopExecution({ executionArn, error, cause }: Named & { readonly error?: string; readonly cause?: string }) {
    const { execution } = states.executions.of(executionArn);
    execution.stop(error, cause);
    return { stopDate: (execution.stopMs ?? states.clock.nowMs) / 1000 };
  },
});

function requireType(states: StepFunctions, stateMachineArn: string, type: "STANDARD" | "EXPRESS"): void {
  if (states.machine(stateMachineArn).type === type) return;
  throw new AwsError("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
}
