import { AwsError } from "../../errors.ts";

/**
 * The answer of CreateStateMachine to a definition that breaks the language.
 * @param message with a code of its own, such as `MISSING_TRANSITION_TARGET: `, or a plain one about the schema
 */
export const invalidDefinition = (message: string, where: string): AwsError => {
  const coded = /^[A-Z_]+: /.test(message) ? message : `SCHEMA_VALIDATION_FAILED: ${message}`;
  return new AwsError("InvalidDefinition", `Invalid State Machine Definition: '${coded} at ${where}'`);
};
