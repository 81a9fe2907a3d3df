import { UnknownFeature } from "../../errors.ts";
import { missing } from "../data/json-path-read.ts";
import { compileJsonata, expectType } from "../data/jsonata-expression.ts";
import { compilePath } from "../data/path-expression.ts";
import type { PathExpression } from "../data/path-expression.ts";
import type { Scope } from "../data/scope.ts";
import { parseTimestamp } from "../data/timestamp.ts";
import { compileWildcard } from "../data/wildcard.ts";
import { RuntimeFault } from "../failure.ts";
import type { Fields, Language } from "./fields.ts";

/** Whether a rule matches; a promise under JSONata. */
export type ChoiceRule = (input: unknown, scope: Scope) => boolean | Promise<unknown>;
type PathRule = (input: unknown, scope: Scope) => boolean;

/** @param outermost a rule directly under Choices has Next; one inside And, Or, Not has not */
export function compileRule(fields: Fields, language: Language, outermost: boolean): ChoiceRule {
  return language === "JSONata" ? compileCondition(fields) : compilePathRule(fields, outermost);
}

function compileCondition(fields: Fields): ChoiceRule {
  fields.allow(["Condition", "Next", "Assign", "Output", "Comment"]);
  const source = fields.get("Condition");
  if (typeof source === "boolean") return () => source;
  const evaluate = compileJsonata(
    fields.requiredText("Condition"),
    fields.location("Condition"),
    fields.at("Condition"),
  );
  return async (input, scope) => {
    const value = await evaluate({ input }, scope);
    expectType(value, "boolean", source, fields.location("Condition"));
    return value;
  };
}

const inherited = ["Next", "Assign", "Comment"];

function compilePathRule(fields: Fields, outermost: boolean): PathRule {
  const operators = fields.names.filter(
    (name) => name !== "Variable" && !(outermost ? inherited : ["Comment"]).includes(name),
  );
  const [operator] = operators;
  if (operator === undefined || operators.length > 1) {
    throw fields.invalid(`A choice rule has exactly one operator, found ${operators.join(", ") || "none"}`, "Variable");
  }
  const inner = (): PathRule[] => fields.list(operator).map((rule) => compilePathRule(rule, false));
  if (operator === "And") {
    const rules = inner();
    return (input, scope) => rules.every((rule) => rule(input, scope));
  }
  if (operator === "Or") {
    const rules = inner();
    return (input, scope) => rules.some((rule) => rule(input, scope));
  }
  if (operator === "Not") {
    const rule = compilePathRule(fields.object("Not")!, false);
    return (input, scope) => !rule(input, scope);
  }
  return compileComparison(fields, operator);
}

function compileComparison(fields: Fields, operator: string): PathRule {
  const variable = compilePath(fields.requiredText("Variable"), fields.at("Variable"));
  const wanted = fields.get(operator);
  const test = Object.hasOwn(typeTests, operator) ? typeTests[operator] : undefined;
  if (test) {
    if (typeof wanted !== "boolean") throw fields.invalid("Expected value of type Boolean", operator);
    if (operator === "IsPresent") return (input, scope) => (variable.read(input, scope) !== missing) === wanted;
    return (input, scope) => test(valueOf(variable, input, scope)) === wanted;
  }
  if (operator === "StringMatches") {
    const matches = compileWildcard(fields.requiredText(operator));
    return (input, scope) => {
      const value = valueOf(variable, input, scope);
      return typeof value === "string" && matches(value);
    };
  }
  const byPath = operator.endsWith("Path");
  const plain = byPath ? operator.slice(0, -4) : operator;
  const compare = Object.hasOwn(comparisons, plain) ? comparisons[plain] : undefined;
  if (!compare) throw new UnknownFeature(`the choice operator ${operator}`, fields.where);
  if (byPath) {
    const other = compilePath(fields.requiredText(operator), fields.at(operator));
    return (input, scope) => compare(valueOf(variable, input, scope), valueOf(other, input, scope));
  }
  if (!compare(wanted, wanted) && !operator.includes("Than"))
    throw fields.invalid("The value is not of the operator's type", operator);
  return (input, scope) => compare(valueOf(variable, input, scope), wanted);
}

function valueOf(path: PathExpression, input: unknown, scope: Scope): unknown {
  const value = path.read(input, scope);
  if (value !== missing) return value;
  throw new RuntimeFault(`Invalid path '${path.text}': The choice state's condition path references an invalid value.`);
}

/** Each is true of a value of its type; with `false`, the operator is true of every other value. */
const typeTests: Readonly<Record<string, ((value: unknown) => boolean) | undefined>> = {
  IsPresent: () => true,
  IsNull: (value) => value === null,
  IsString: (value) => typeof value === "string",
  IsNumeric: (value) => typeof value === "number",
  IsBoolean: (value) => typeof value === "boolean",
  IsTimestamp: (value) => parseTimestamp(value) !== undefined,
};

type Comparison = (left: unknown, right: unknown) => boolean;

/** Values of another type than the operator's compare false, never as errors (recorded). */
const comparisons: Readonly<Record<string, Comparison | undefined>> = {
  BooleanEquals: (left, right) => typeof left === "boolean" && left === right,
  ...orderings("String", (value) => (typeof value === "string" ? value : undefined)),
  ...orderings("Numeric", (value) => (typeof value === "number" ? value : undefined)),
  ...orderings("Timestamp", parseTimestamp),
};

/** Comparisons of one type: `read` gives undefined for a value of another. */
function orderings(type: string, read: (value: unknown) => string | number | undefined): Record<string, Comparison> {
  const comparison =
    (holds: (left: string | number, right: string | number) => boolean): Comparison =>
    (left, right) => {
      const [one, other] = [read(left), read(right)];
      return one !== undefined && other !== undefined && holds(one, other);
    };
  return {
    [`${type}Equals`]: comparison((left, right) => left === right),
    [`${type}LessThan`]: comparison((left, right) => left < right),
    [`${type}LessThanEquals`]: comparison((left, right) => left <= right),
    [`${type}GreaterThan`]: comparison((left, right) => left > right),
    [`${type}GreaterThanEquals`]: comparison((left, right) => left >= right),
  };
}
