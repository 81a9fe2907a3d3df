import type { AttributeType, AttributeValue } from "../item/attribute-value.ts";
import { typeOf } from "../item/attribute-value.ts";
import { compareValues } from "../item/compare.ts";
import type { ConditionNode, Operand } from "./condition.ts";
import type { Bindings } from "./path.ts";
import { resolvePath, showPath } from "./path.ts";
import { ExpressionError } from "./reader.ts";

const typeNames = ["S", "N", "B", "NULL", "SS", "BOOL", "L", "BS", "NS", "M"];

/**
 * What can be told of a condition's operands before there is an item: values of a type the operator does not take, and
 * a path compared with itself.
 * @throws ExpressionError
 */
export function checkOperands(condition: ConditionNode, bindings: Bindings): void {
  switch (condition.kind) {
    case "and":
    case "or":
      checkOperands(condition.left, bindings);
      checkOperands(condition.right, bindings);
      return;
    case "not":
      checkOperands(condition.of, bindings);
      return;
    case "compare":
      checkDistinct(condition.comparator, condition.operands, bindings);
      if (condition.comparator !== "=" && condition.comparator !== "<>") {
        checkTypes(condition.comparator, "operator", condition.operands, bindings, ["S", "N", "B"]);
      }
      break;
    case "between":
      checkTypes("BETWEEN", "operator", condition.operands, bindings, ["S", "N", "B"]);
      checkBounds(condition.operands[1], condition.operands[2], bindings);
      break;
    case "function":
      checkFunction(condition, bindings);
      break;
    case "in":
      break;
  }
  for (const operand of condition.operands) checkSize(operand, bindings);
}

function checkFunction(condition: Extract<ConditionNode, { kind: "function" }>, bindings: Bindings): void {
  const { name, operands } = condition;
  checkDistinct(name, operands, bindings);
  switch (name) {
    case "attribute_exists":
    case "attribute_not_exists":
      if (operands[0].kind === "path") return;
      throw new ExpressionError(`Operator or function requires a document path; operator or function: ${name}`);
    case "begins_with":
      checkTypes(name, "operator or function", operands, bindings, ["S", "B"]);
      return;
    case "attribute_type":
      checkTypeName(operands[1]!, bindings);
      return;
    case "contains":
      return;
  }
}

function checkTypeName(operand: Operand, bindings: Bindings): void {
  const value = literal(operand, bindings);
  if (!value || !("S" in value)) {
    const type = value ? typeOf(value) : "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}";
    throw incorrectType("operator or function", "attribute_type", type);
  }
  if (typeNames.includes(value.S)) return;
  throw new ExpressionError(
    `Invalid attribute type name found; type: ${value.S}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
  );
}

function checkSize(operand: Operand, bindings: Bindings): void {
  if (operand.kind !== "size") return;
  checkSize(operand.of, bindings);
  checkTypes("size", "operator or function", [operand.of], bindings, ["S", "B", "SS", "NS", "BS", "L", "M"]);
}

function checkBounds(low: Operand, high: Operand, bindings: Bindings): void {
  const [lowValue, highValue] = [literal(low, bindings), literal(high, bindings)];
  if (!lowValue || !highValue) return;
  const shown = `lower bound operand: ${show(lowValue)}, upper bound operand: ${show(highValue)}`;
  const order = compareValues(lowValue, highValue);
  if (order === undefined) {
    throw new ExpressionError(`The BETWEEN operator requires same data type for lower and upper bounds; ${shown}`);
  }
  if (order <= 0) return;
  throw new ExpressionError(
    `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${shown}`,
  );
}

function checkDistinct(operator: string, operands: readonly Operand[], bindings: Bindings): void {
  const [first, second] = operands;
  if (operands.length !== 2 || first?.kind !== "path" || second?.kind !== "path") return;
  const shown = showPath(resolvePath(first.path, bindings));
  if (shown !== showPath(resolvePath(second.path, bindings))) return;
  throw new ExpressionError(
    "The first operand must be distinct from the remaining operands for this operator or function; " +
      `operator: ${operator}, first operand: ${shown}`,
  );
}

function checkTypes(
  name: string,
  what: "operator" | "operator or function",
  operands: readonly Operand[],
  bindings: Bindings,
  allowed: readonly AttributeType[],
): void {
  for (const operand of operands) {
    const value = literal(operand, bindings);
    const type = operand.kind === "size" ? "N" : value && typeOf(value);
    if (type && !allowed.includes(type)) throw incorrectType(what, name, type);
  }
}

const incorrectType = (what: string, name: string, type: string) =>
  new ExpressionError(`Incorrect operand type for operator or function; ${what}: ${name}, operand type: ${type}`);

const literal = (operand: Operand, { values }: Bindings): AttributeValue | undefined =>
  operand.kind === "value" ? values[operand.name] : undefined;

const show = (value: AttributeValue): string => {
  const [[type, content]] = Object.entries(value) as [[string, unknown]];
  return `AttributeValue: {${type}:${String(content)}}`;
};
