import { AwsError, UnknownFeature } from "../errors.ts";
import { account } from "../identity.ts";
import type { Principal } from "../service.ts";
import { arnPattern, textPattern, type Matches } from "./wildcard.ts";

/** The block of a statement: operator, condition key, value or values. */
export type ConditionBlock = Readonly<
  Record<string, Readonly<Record<string, string | boolean | readonly (string | boolean)[]>>>
>;

/**
 * Whether a statement holds for a request.
 * @param request what the request itself carries under a condition key
 */
export type Condition = (principal: Principal, request: RequestValues) => boolean;

/** The values under a condition key, in lower case; undefined where the key is not in the request. */
export type RequestValues = (key: string) => readonly string[] | undefined;

interface ContextKey {
  readonly values: (principal: Principal, request: RequestValues) => readonly string[] | undefined;
  /** One request may carry several values, so that a condition needs a set operator. */
  readonly isMultivalued?: true;
}

const ofCaller = (value: (principal: Principal) => string | undefined): ContextKey => ({
  values: (principal) => {
    const found = value(principal);
    return found === undefined ? undefined : [found];
  },
});
const ofRequest = (key: string, more: Pick<ContextKey, "isMultivalued"> = {}): readonly [string, ContextKey] => [
  key,
  { values: (_principal, request) => request(key), ...more },
];

/**
 * The condition keys that are known.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html (all 2026-11-21)
 */
const contextKeys: Readonly<Record<string, ContextKey>> = {
  "aws:sourcearn": ofCaller((principal) => (principal.kind === "service" ? principal.sourceArn : undefined)),
  "aws:sourceaccount": ofCaller((principal) => (principal.kind === "service" ? account : undefined)),
  "aws:principalarn": ofCaller((principal) => (principal.kind === "role" ? principal.arn : undefined)),
  "aws:principalaccount": ofCaller((principal) => (principal.kind === "role" ? account : undefined)),
  // Calls between services and from the SDK go over TLS.
  "aws:securetransport": ofCaller(() => "true"),
  ...Object.fromEntries([
    // Each entry of PutEvents is asked about by itself, so it has one source and one detail type.
    ofRequest("events:source"),
    ofRequest("events:detail-type"),
    ofRequest("dynamodb:leadingkeys", { isMultivalued: true }),
  ]),
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
  return (principal, request) => tests.every((test) => test(principal, request));
}

function compileTest(name: string, key: string, values: readonly string[], where: string): Condition {
  const contextKey = own(contextKeys, key.toLowerCase());
  if (!contextKey) throw new UnknownFeature(`the condition key ${key}`, where);
  const variable = values.find((value) => value.includes("${"));
  if (variable !== undefined) throw new UnknownFeature(`the policy variable in ${variable}`, where);
  if (name === "Null") return nullTest(contextKey, values);
  const { set, operatorName, isOptional } = /^(?:(?<set>\w+):)?(?<operatorName>\w+?)(?<isOptional>IfExists)?$/.exec(
    name,
  )?.groups ?? { operatorName: name };
  const operator = own(operators, operatorName!);
  const quantifier = own(quantifiers, set ?? "one");
  if (!operator || !quantifier) throw new UnknownFeature(`the condition operator ${name}`, where);
  if (contextKey.isMultivalued && set === undefined) {
    throw new UnknownFeature(`the condition operator ${name} without ForAllValues or ForAnyValue for ${key}`, where);
  }
  const patterns = values.map((value) => operator.compile(value));
  const holds = (value: string) => patterns.some((matches) => matches(value)) !== (operator.negated ?? false);
  const isMissingEnough = isOptional !== undefined || quantifier.isMissingEnough(operator);
  return (principal, request) => {
    const found = contextKey.values(principal, request);
    return found === undefined || found.length === 0 ? isMissingEnough : quantifier.holds(found, holds);
  };
}

interface Quantifier {
  readonly holds: (values: readonly string[], test: (value: string) => boolean) => boolean;
  /** Whether a condition holds where its key is not in the request. */
  readonly isMissingEnough: (operator: Operator) => boolean;
}

const some: Quantifier["holds"] = (values, test) => values.some(test);

/**
 * How many of the request's values must pass; one value needs no set operator.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
const quantifiers: Readonly<Record<string, Quantifier>> = {
  one: { holds: some, isMissingEnough: ({ negated = false }) => negated },
  ForAllValues: { holds: (values, test) => values.every(test), isMissingEnough: () => true },
  ForAnyValue: { holds: some, isMissingEnough: () => false },
};

const own = <Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** `Null`: "true" holds where the key is not in the request. */
function nullTest(contextKey: ContextKey, values: readonly string[]): Condition {
  const [value] = values;
  if (values.length !== 1 || (value !== "true" && value !== "false")) {
    throw new AwsError("MalformedPolicyDocument", `Null takes true or false, not ${values.join(", ")}`);
  }
  return (principal, request) => {
    const isMissing = (contextKey.values(principal, request)?.length ?? 0) === 0;
    return isMissing === (value === "true");
  };
}
