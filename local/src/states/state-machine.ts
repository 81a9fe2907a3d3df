import { AwsError } from "../errors.ts";
import { parseJson } from "./data/json.ts";
import type { JsonObject } from "./data/json.ts";
import type { Program } from "./definition/state.ts";

export type StateMachineType = "STANDARD" | "EXPRESS";

/** A state machine as CreateStateMachine or UpdateStateMachine made it. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly type: StateMachineType;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly roleArn: string;
  readonly definition: string;
  readonly program: Program;
  readonly loggingConfiguration: JsonObject;
  readonly tracingConfiguration: JsonObject;
}

/**
 * Characters no name may have.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
// oxlint-disable-next-line no-control-regex -- control characters are what is being looked for
const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;

/**
 * Checks the name of a machine, an execution or an activity: 1 to 80 characters.
 * @throws AwsError InvalidName
 */
export function checkName(name: string): string {
  if (name.length < 1 || name.length > 80 || forbidden.test(name))
    throw new AwsError("InvalidName", `Invalid Name: '${name}'`);
  return name;
}

/**
 * Parses the definition that CreateStateMachine is given.
 * @throws AwsError InvalidDefinition
 */
export function parseDefinition(text: string): unknown {
  if (Buffer.byteLength(text) > 1_048_576) {
    throw new AwsError("InvalidDefinition", "Invalid State Machine Definition: 'DEFINITION_TOO_LARGE'");
  }
  try {
    return parseJson(text);
  } catch (error) {
    throw new AwsError(
      "InvalidDefinition",
      `Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: ${(error as Error).message}'`,
    );
  }
}

/** As DescribeStateMachine gives it. */
export const describeStateMachine = (machine: StateMachine): JsonObject => ({
  stateMachineArn: machine.arn,
  name: machine.name,
  status: "ACTIVE",
  definition: machine.definition,
  roleArn: machine.roleArn,
  type: machine.type,
  creationDate: machine.createdMs / 1000,
  loggingConfiguration: machine.loggingConfiguration,
  tracingConfiguration: machine.tracingConfiguration,
});
