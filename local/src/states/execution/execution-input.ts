import { AwsError } from "../../errors.ts";
import { dataLimitBytes, parseJson } from "../data/json.ts";

/**
 * Parses the input that StartExecution is given.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 * @throws AwsError ValidationException above 262,144 bytes, InvalidExecutionInput for what is not JSON
 */
export function parseInput(input: string): unknown {
  if (Buffer.byteLength(input) > dataLimitBytes) {
    throw new AwsError(
      "ValidationException",
      "1 validation error detected: Value at 'input' failed to satisfy constraint: " +
        `Member must have length less than or equal to ${dataLimitBytes}`,
    );
  }
  try {
    return parseJson(input);
  } catch (error) {
    throw new AwsError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${(error as Error).message}'`);
  }
}
