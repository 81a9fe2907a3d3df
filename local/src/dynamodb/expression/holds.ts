import type { AttributeValue, Item } from "../item/attribute-value.ts";
import { setMembers, typeOf } from "../item/attribute-value.ts";
import { bytes, compareValues, equal } from "../item/compare.ts";
import type { Comparator, ConditionNode, FunctionName, Operand } from "./condition.ts";
import type { Bindings } from "./path.ts";
import { valueAt } from "./path.ts";

type Value = AttributeValue | undefined;

/** Whether an item satisfies a condition; an item that does not exist is one without attributes. */
export function holds(condition: ConditionNode, item: Item, bindings: Bindings): boolean {
  switch (condition.kind) {
    case "and":
      return holds(condition.left, item, bindings) && holds(condition.right, item, bindings);
    case "or":
      return holds(condition.left, item, bindings) || holds(condition.right, item, bindings);
    case "not":
      return !holds(condition.of, item, bindings);
    case "compare": {
      const [left, right] = condition.operands;
      return compares(condition.comparator, valueOf(left, item, bindings), valueOf(right, item, bindings));
    }
    case "between": {
      const [value, low, high] = condition.operands.map((operand) => valueOf(operand, item, bindings));
      return compares(">=", value, low) && compares("<=", value, high);
    }
    case "in": {
      const [first, ...others] = condition.operands;
      const value = valueOf(first, item, bindings);
      return others.some((operand) => compares("=", value, valueOf(operand, item, bindings)));
    }
    case "function": {
      const [subject, argument] = condition.operands;
      const value = valueOf(subject, item, bindings);
      return functionHolds(condition.name, value, argument && valueOf(argument, item, bindings));
    }
  }
}

function valueOf(operand: Operand, item: Item, bindings: Bindings): Value {
  switch (operand.kind) {
    case "path":
      return valueAt(operand.path, item, bindings);
    case "value":
      return bindings.values[operand.name];
    case "size":
      return sizeOf(valueOf(operand.of, item, bindings));
  }
}

/** @param left undefined for an attribute that is not there: it differs from everything, and has no order */
function compares(comparator: Comparator, left: Value, right: Value): boolean {
  if (!left || !right) return comparator === "<>";
  if (comparator === "=") return equal(left, right);
  if (comparator === "<>") return !equal(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  switch (comparator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

function functionHolds(name: FunctionName, value: Value, argument: Value): boolean {
  if (name === "attribute_not_exists") return value === undefined;
  if (value === undefined) return false;
  if (name === "attribute_exists") return true;
  if (argument === undefined) return false;
  switch (name) {
    case "attribute_type":
      return "S" in argument && argument.S === typeOf(value);
    case "begins_with":
      if ("S" in value) return "S" in argument && value.S.startsWith(argument.S);
      return "B" in value && "B" in argument && bytes(value.B).startsWith(bytes(argument.B));
    case "contains":
      return contains(value, argument);
  }
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if ("S" in value) return "S" in part && value.S.includes(part.S);
  if ("B" in value) return "B" in part && bytes(value.B).includes(bytes(part.B));
  if ("L" in value) return value.L.some((each) => equal(each, part));
  if ("SS" in value) return "S" in part && value.SS.includes(part.S);
  if ("NS" in value) return "N" in part && value.NS.includes(part.N);
  return "BS" in value && "B" in part && value.BS.includes(part.B);
}

function sizeOf(value: Value): Value {
  const size = value && lengthOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

function lengthOf(value: AttributeValue): number | undefined {
  if ("S" in value) return value.S.length;
  if ("B" in value) return Buffer.byteLength(value.B, "base64");
  if ("L" in value) return value.L.length;
  if ("M" in value) return Object.keys(value.M).length;
  return setMembers(value)?.length;
}
