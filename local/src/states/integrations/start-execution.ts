import type { JsonObject } from "../data/json.ts";
import { StateFailure } from "../failure.ts";
import { jsonHeaders, optimizedError, withSdkMetadata } from "./integration.ts";
import type { Integration } from "./integration.ts";

interface Started {
  readonly executionArn: string;
  readonly startDate: number;
}

/**
 * The optimized integration `states:startExecution`; `.sync` waits for the execution that this starts.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
 */
export const startExecution: Integration = {
  parameters: ["Input", "Name", "StateMachineArn", "TraceHeader"],
  service: "states",
  operation: "StartExecution",
  input({ input }) {
    const {
      Input: payload,
      Name: name,
      StateMachineArn: stateMachineArn,
      TraceHeader: traceHeader,
    } = input as JsonObject;
    return {
      stateMachineArn,
      ...(name !== undefined && { name }),
      ...(payload !== undefined && { input: typeof payload === "string" ? payload : JSON.stringify(payload) }),
      ...(traceHeader !== undefined && { traceHeader }),
    };
  },
  output(answer, context) {
    const { executionArn, startDate } = answer as Started;
    const answered = { ExecutionArn: executionArn, StartDate: Math.round(startDate * 1000) };
    return withSdkMetadata(answered, jsonHeaders(answer), context);
  },
  error: optimizedError("StepFunctions", "AWSStepFunctions", "AWSStepFunctionsException", {
    ExecutionAlreadyExists: "ExecutionAlreadyExistsException",
    ExecutionLimitExceeded: "ExecutionLimitExceededException",
    StateMachineDoesNotExist: "StateMachineDoesNotExistException",
    StateMachineDeleting: "StateMachineDeletingException",
    InvalidArn: "InvalidArnException",
    InvalidName: "InvalidNameException",
    InvalidExecutionInput: "InvalidExecutionInputException",
  }),
};

/**
 * What a `.sync` task gives once the execution is closed.
 * @param description the answer of DescribeExecution
 * @param parsed `.sync:2` gives input and output as JSON, `.sync` as text
 * @throws StateFailure where the execution did not succeed
 */
export function syncOutput(description: JsonObject, parsed: boolean): JsonObject {
  const { status } = description;
  const shown = Object.fromEntries(
    Object.entries(description).map(([name, value]) => [capital(name), shownValue(name, value, parsed)]),
  );
  if (status === "SUCCEEDED") return shown;
  throw new StateFailure("States.TaskFailed", JSON.stringify(shown));
}

const capital = (name: string) => name[0]!.toUpperCase() + name.slice(1);

function shownValue(name: string, value: unknown, parsed: boolean): unknown {
  if (name.endsWith("Date")) return Math.round((value as number) * 1000);
  if (name.endsWith("Details")) return { Included: (value as { included: boolean }).included };
  if (parsed && (name === "input" || name === "output")) return JSON.parse(value as string) as unknown;
  return value;
}
