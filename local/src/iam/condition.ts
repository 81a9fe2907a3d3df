import { AwsError, UnknownFeature } from "../errors.ts";
import { account } from "../identity.ts";
import type { Principal } from "../service.ts";
import { arnPattern, textPattern, type Matches } from "./wildcard.ts";

/** The block of a statement: operator, condition key, value or values. */
export type ConditionBlock = Readonly<
  Record<string, Readonly<Record<string, string | boolean | readonly (string | boolean)[]>>>
>;

export type Condition = (principal: Principal) => boolean;

/** What a request carries under a condition key; undefined where the key is not in the request. */
type ContextKey = (principal: Principal) => string | undefined;

/**
 * The condition keys that are known. Each depends on the caller alone, so that a decision can be remembered.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const contextKeys: Readonly<Record<string, ContextKey>> = {
  "aws:sourcearn": (principal) => (principal.kind === "service" ? principal.sourceArn : undefined),
  "aws:sourceaccount": (principal) => (principal.kind === "service" ? account : undefined),
  "aws:principalarn": (principal) => (principal.kind === "role" ? principal.arn : undefined),
  "aws:principalaccount": (principal) => (principal.kind === "role" ? account : undefined),
  // Calls between services and from the SDK go over TLS.
  "aws:securetransport": () => "true",
};

/** @param negated holds unless a value matches, and also where the key is not in the request */
interface Operator {
  readonly compile: (value: string) => Matches;
  readonly negated?: true;
}

const equals =
  (expected: string): Matches =>
  (value) =>
    value === expected;
const equalsIgnoringCase =
  (expected: string): Matches =>
  (value) =>
    value.toLowerCase() === expected.toLowerCase();

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { compile: equals },
  StringNotEquals: { compile: equals, negated: true },
  StringEqualsIgnoreCase: { compile: equalsIgnoringCase },
  StringNotEqualsIgnoreCase: { compile: equalsIgnoringCase, negated: true },
  StringLike: { compile: textPattern },
  StringNotLike: { compile: textPattern, negated: true },
  ArnEquals: { compile: arnPattern },
  ArnLike: { compile: arnPattern },
  ArnNotEquals: { compile: arnPattern, negated: true },
  ArnNotLike: { compile: arnPattern, negated: true },
  Bool: { compile: equalsIgnoringCase },
};

/**
 * All operators and all keys must hold; one of a key's values is enough.
 * @throws UnknownFeature for an operator or a condition key that is not in the tables
 */
export function compileCondition(block: ConditionBlock, where: string): Condition {
  const tests = Object.entries(block).flatMap(([name, keys]) =>
    Object.entries(keys).map(([key, values]) => compileTest(name, key, [values].flat().map(String), where)),
  );
  return (principal) => tests.every((test) => test(principal));
}

function compileTest(name: string, key: string, values: readonly string[], where: string): Condition {
  const contextKey = contextKeys[key.toLowerCase()];
  if (!contextKey) throw new UnknownFeature(`the condition key ${key}`, where);
  const variable = values.find((value) => value.includes("${"));
  if (variable !== undefined) throw new UnknownFeature(`the policy variable in ${variable}`, where);
  if (name === "Null") return nullTest(contextKey, values);
  const optional = name.endsWith("IfExists");
  const operator = operators[optional ? name.slice(0, -"IfExists".length) : name];
  if (!operator) throw new UnknownFeature(`the condition operator ${name}`, where);
  const patterns = values.map((value) => operator.compile(value));
  return (principal) => {
    const value = contextKey(principal);
    if (value === undefined) return optional || operator.negated === true;
    const matched = patterns.some((matches) => matches(value));
    return operator.negated ? !matched : matched;
  };
}

/** `Null`: "true" holds where the key is not in the request. */
function nullTest(contextKey: ContextKey, values: readonly string[]): Condition {
  const [value] = values;
  if (values.length !== 1 || (value !== "true" && value !== "false")) {
    throw new AwsError("MalformedPolicyDocument", `Null takes true or false, not ${values.join(", ")}`);
  }
  return (principal) => (contextKey(principal) === undefined) === (value === "true");
}
