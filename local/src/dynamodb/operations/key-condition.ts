import type { Comparator, ConditionNode, Operand } from "../expression/condition.ts";
import type { Bindings } from "../expression/path.ts";
import { nameOf } from "../expression/path.ts";
import { invalid } from "../failures.ts";
import type { AttributeValue } from "../item/attribute-value.ts";
import type { Key, KeyAttribute } from "../table/key.ts";
import { checkKeyContents } from "../table/key.ts";
import { beyond, partitionOrder, sortOrder } from "../table/row-order.ts";

type Operator = Exclude<Comparator, "<>"> | "BETWEEN" | "begins_with";

interface Bound {
  readonly operator: Operator;
  readonly values: readonly [AttributeValue, ...AttributeValue[]];
}

/** Rows from `from` on and before `until`. */
export interface RowRange {
  readonly from: string;
  readonly until: string;
}

/** `a < b` said from the other side. */
const mirrored = { "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

/**
 * The rows a KeyConditionExpression selects: one partition, or a part of it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html, 2026-11-21
 * @throws AwsError ValidationException
 */
export function rangeOf(condition: ConditionNode, bindings: Bindings, key: Key): RowRange {
  const bounds = new Map<string, Bound>();
  collect(condition, bindings, bounds);
  const partition = takeBound(bounds, key.partition);
  if (!partition) throw invalid(`Query condition missed key schema element: ${key.partition.name}`);
  if (partition.operator !== "=") throw invalid("Query key condition not supported");
  const sort = key.sort && takeBound(bounds, key.sort);
  if (bounds.size > 0) {
    if (!key.sort || sort) throw invalid("Query key condition not supported");
    throw invalid(`Query condition missed key schema element: ${key.sort.name}`);
  }
  const start = partitionOrder(partition.values[0]);
  return sort ? sortRange(start, sort) : { from: start, until: start + beyond };
}

function sortRange(start: string, { operator, values: [value, high = value] }: Bound): RowRange {
  const at = start + sortOrder(value);
  switch (operator) {
    case "=":
      return { from: at, until: at + beyond };
    case "<":
      return { from: start, until: at };
    case "<=":
      return { from: start, until: at + beyond };
    case ">":
      return { from: at + beyond, until: start + beyond };
    case ">=":
      return { from: at, until: start + beyond };
    case "BETWEEN":
      return { from: at, until: start + sortOrder(high) + beyond };
    case "begins_with": {
      const prefix = start + sortOrder(value, true);
      return { from: prefix, until: prefix + beyond };
    }
  }
}

function takeBound(bounds: Map<string, Bound>, attribute: KeyAttribute): Bound | undefined {
  const { name, type } = attribute;
  const bound = bounds.get(name);
  bounds.delete(name);
  for (const value of bound?.values ?? []) {
    if (!(type in value)) {
      throw invalid("One or more parameter values were invalid: Condition parameter type does not match schema type");
    }
    checkKeyContents({ partition: attribute, sort: undefined }, { [name]: value });
  }
  return bound;
}

function collect(condition: ConditionNode, bindings: Bindings, bounds: Map<string, Bound>): void {
  switch (condition.kind) {
    case "and":
      collect(condition.left, bindings, bounds);
      collect(condition.right, bindings, bounds);
      return;
    case "compare": {
      const { comparator, operands } = condition;
      if (comparator === "<>") throw unusable(comparator);
      const [left, right] = operands;
      if (left.kind === "path" && right.kind === "path") {
        throw invalid("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
      }
      if (left.kind === "path") addBound(bounds, left, comparator, [right], bindings);
      else addBound(bounds, right, mirrored[comparator], [left], bindings);
      return;
    }
    case "between":
      addBound(bounds, first(condition.operands, "BETWEEN"), "BETWEEN", condition.operands.slice(1), bindings);
      return;
    case "function":
      if (condition.name !== "begins_with") throw unusable(condition.name);
      addBound(
        bounds,
        first(condition.operands, condition.name),
        condition.name,
        condition.operands.slice(1),
        bindings,
      );
      return;
    case "or":
    case "not":
    case "in":
      throw unusable(condition.kind.toUpperCase());
  }
}

const unusable = (operator: string) => invalid(`Invalid operator used in KeyConditionExpression: ${operator}`);

function first(operands: readonly Operand[], operator: string): Operand {
  const [operand] = operands;
  if (operand?.kind === "path") return operand;
  throw invalid(
    `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its ` +
      "first operand",
  );
}

function addBound(
  bounds: Map<string, Bound>,
  subject: Operand,
  operator: Operator,
  operands: readonly Operand[],
  bindings: Bindings,
): void {
  if (subject.kind === "size" || operands.some(({ kind }) => kind === "size")) {
    throw invalid("KeyConditionExpressions cannot contain nested operations");
  }
  if (subject.kind !== "path") {
    throw invalid("Invalid condition in KeyConditionExpression: No key attribute specified");
  }
  if (subject.path.length > 1) throw invalid("KeyConditionExpressions cannot have conditions on nested attributes");
  const name = nameOf(subject.path[0] as string, bindings);
  if (bounds.has(name)) throw invalid("KeyConditionExpressions must only contain one condition per key");
  const values = operands.map((operand) => {
    if (operand.kind === "value") return bindings.values[operand.name]!;
    throw invalid("Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
  });
  bounds.set(name, { operator, values: values as [AttributeValue, ...AttributeValue[]] });
}
