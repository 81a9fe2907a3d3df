import type { Operations } from "../../door/door.ts";
import { AwsError } from "../../errors.ts";
import { parseJson } from "../data/json.ts";
import type { StepFunctions } from "../step-functions.ts";

interface Task {
  readonly taskToken: string;
}

/** The operations by which a worker answers a task. */
export const tokenOperations = ({ tokens }: StepFunctions): Operations => ({
  SendTaskSuccess({ taskToken, output }: Task & { readonly output: string }) {
    const task = tokens.of(taskToken);
    task.succeeded(parseOutput(output));
    return {};
  },
  SendTaskFailure({ taskToken, error, cause }: Task & { readonly error?: string; readonly cause?: string }) {
    tokens.of(taskToken).failed(error, cause);
    return {};
  },
  SendTaskHeartbeat({ taskToken }: Task) {
    tokens.of(taskToken).heartbeat();
    return {};
  },
});

function parseOutput(output: string): unknown {
  try {
    return parseJson(output);
  } catch (error) {
    throw new AwsError("InvalidOutput", `Invalid Output: '${(error as Error).message}'`);
  }
}
