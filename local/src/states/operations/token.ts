import { z } from "zod";
import type { Operations } from "../../door/door.ts";
import { AwsError } from "../../errors.ts";
import { parseJson } from "../data/json.ts";
import type { StepFunctions } from "../step-functions.ts";
import { parameters } from "./parameters.ts";

const success = z.strictObject({ taskToken: z.string(), output: z.string() });
const failure = z.strictObject({
  taskToken: z.string(),
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});
const heartbeat = z.strictObject({ taskToken: z.string() });

/** The operations by which a worker answers a task. */
export const tokenOperations = ({ tokens }: StepFunctions): Operations => ({
  SendTaskSuccess(input) {
    const { taskToken, output } = parameters(success, "SendTaskSuccess", input);
    const task = tokens.of(taskToken);
    task.succeeded(parseOutput(output));
    return {};
  },
  SendTaskFailure(input) {
    const { taskToken, error, cause } = parameters(failure, "SendTaskFailure", input);
    tokens.of(taskToken).failed(error, cause);
    return {};
  },
  SendTaskHeartbeat(input) {
    tokens.of(parameters(heartbeat, "SendTaskHeartbeat", input).taskToken).heartbeat();
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
