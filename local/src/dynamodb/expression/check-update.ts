import type { AttributeValue, Item } from "../item/attribute-value.ts";
import { typeOf } from "../item/attribute-value.ts";
import { ExpressionError } from "./reader.ts";
import type { SetValue } from "./update.ts";

/** The names an error gives to the types that ADD and DELETE refuse. */
const operandTypes: Readonly<Record<string, string>> = {
  S: "STRING",
  N: "NUMBER",
  B: "BINARY",
  NULL: "NULL",
  BOOL: "BOOLEAN",
  L: "LIST",
  M: "MAP",
};

/** The value of ADD or DELETE. @throws ExpressionError for a type it does not take */
export function checkSetOperand(operator: "ADD" | "DELETE", value: AttributeValue): void {
  const type = typeOf(value);
  if (!(type in operandTypes) || (operator === "ADD" && type === "N")) return;
  throw new ExpressionError(
    `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${operandTypes[type]}`,
  );
}

/** The right side of SET, as far as it is written out. @throws ExpressionError for operands of the wrong type */
export function checkSetValue(value: SetValue, values: Item): void {
  switch (value.kind) {
    case "path":
    case "value":
      return;
    case "if_not_exists":
      checkSetValue(value.otherwise, values);
      return;
    case "+":
    case "-":
    case "list_append": {
      const wanted = value.kind === "list_append" ? "L" : "N";
      for (const operand of value.operands) {
        checkSetValue(operand, values);
        const type = operand.kind === "value" ? typeOf(values[operand.name]!) : wanted;
        if (type === wanted) continue;
        throw new ExpressionError(
          `Incorrect operand type for operator or function; operator or function: ${value.kind}, operand type: ${type}`,
        );
      }
    }
  }
}
