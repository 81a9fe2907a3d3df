import { AwsError, UnknownFeature } from "../errors.ts";
import { account } from "../identity.ts";

const prefix = /^(?:arn:aws:lambda:(?<region>[a-z0-9-]+):)?(?:(?<account>\d{12}):)?(?:function:)?/;
const rest = /(?<name>[A-Za-z0-9_-]+)(?::(?<qualifier>\$LATEST|[A-Za-z0-9_-]+))?$/;
const pattern = new RegExp(prefix.source + rest.source);

/** A function as a request names it. */
export interface FunctionName {
  readonly name: string;
  /** A version or an alias; undefined where the request has none. */
  readonly qualifier: string | undefined;
}

/**
 * The name in a name, an ARN or a partial ARN, each with or without a qualifier.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html (FunctionName)
 * @throws AwsError ValidationException for what is none of these, InvalidParameterValueException for two qualifiers
 * @throws UnknownFeature for a function of another account or region
 */
export function parseFunctionName(text: string, given: string | undefined, region: string): FunctionName {
  const parts = pattern.exec(text)?.groups;
  if (!parts) {
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: ` +
        "Member must satisfy regular expression pattern: " +
        "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?" +
        "([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?",
    );
  }
  const { name, qualifier = given } = parts;
  if (given !== undefined && given !== qualifier) {
    const message = "The derived qualifier from the function name does not match the specified qualifier.";
    throw new AwsError("InvalidParameterValueException", message, 400, { Type: "User" });
  }
  if ((parts["region"] ?? region) !== region) throw new UnknownFeature("a function of another region", text);
  if ((parts["account"] ?? account) !== account) throw new UnknownFeature("a function of another account", text);
  return { name: name!, qualifier };
}
