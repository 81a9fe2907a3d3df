import type { Path } from "./path.ts";
import { ExpressionError, Reader, redundantParentheses } from "./reader.ts";

export type Comparator = "=" | "<>" | "<" | "<=" | ">" | ">=";

export type Operand =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "value"; readonly name: string }
  | { readonly kind: "size"; readonly of: Operand };

export type FunctionName = "attribute_exists" | "attribute_not_exists" | "attribute_type" | "begins_with" | "contains";

export type ConditionNode =
  | { readonly kind: "and" | "or"; readonly left: ConditionNode; readonly right: ConditionNode }
  | { readonly kind: "not"; readonly of: ConditionNode }
  | { readonly kind: "compare"; readonly comparator: Comparator; readonly operands: readonly [Operand, Operand] }
  | { readonly kind: "between"; readonly operands: readonly [Operand, Operand, Operand] }
  | { readonly kind: "in"; readonly operands: readonly [Operand, ...Operand[]] }
  | { readonly kind: "function"; readonly name: FunctionName; readonly operands: readonly [Operand, ...Operand[]] };

/** A condition as far as its text alone tells; `wrongCount` is reported only after undefined placeholders. */
export interface ParsedCondition {
  readonly condition: ConditionNode;
  readonly placeholders: readonly string[];
  readonly wrongCount: string | undefined;
}

const mostOperandsOfIn = 100;

const comparators: ReadonlySet<string> = new Set(["=", "<>", "<", "<=", ">", ">="]);
const operandCounts: ReadonlyMap<string, number> = new Map([
  ["attribute_exists", 1],
  ["attribute_not_exists", 1],
  ["attribute_type", 2],
  ["begins_with", 2],
  ["contains", 2],
  ["size", 1],
]);

/**
 * A condition, filter or key condition.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html, 2026-11-21
 * @throws ExpressionError
 */
export function parseCondition(text: string): ParsedCondition {
  const parser = new ConditionParser(text);
  return parser.parse();
}

class ConditionParser {
  readonly #reader: Reader;
  /** Where the last condition in parentheses stood: one right inside another is redundant. */
  #group = { from: -1, until: -1 };
  #redundant = false;
  #unknownFunction: string | undefined;
  #misusedFunction: string | undefined;
  #wrongCount: string | undefined;

  constructor(text: string) {
    this.#reader = new Reader(text);
  }

  parse(): ParsedCondition {
    const condition = this.#or();
    this.#reader.expectEnd();
    const { reserved, placeholders, brokenLimit } = this.#reader;
    // AWS reports one problem at a time, in this order.
    if (this.#redundant) throw redundantParentheses();
    if (this.#unknownFunction) throw new ExpressionError(`Invalid function name; function: ${this.#unknownFunction}`);
    if (this.#misusedFunction) {
      throw new ExpressionError(
        `The function is not allowed to be used this way in an expression; function: ${this.#misusedFunction}`,
      );
    }
    if (brokenLimit) throw new ExpressionError(brokenLimit);
    if (reserved) throw new ExpressionError(`Attribute name is a reserved keyword; reserved keyword: ${reserved}`);
    return { condition, placeholders, wrongCount: this.#wrongCount };
  }

  #or(): ConditionNode {
    let left = this.#and();
    while (this.#operator("OR")) left = { kind: "or", left, right: this.#and() };
    return left;
  }

  #and(): ConditionNode {
    let left = this.#not();
    while (this.#operator("AND")) left = { kind: "and", left, right: this.#not() };
    return left;
  }

  #not(): ConditionNode {
    let count = 0;
    while (this.#operator("NOT")) count += 1;
    let condition = this.#primary();
    for (; count > 0; count -= 1) condition = { kind: "not", of: condition };
    return condition;
  }

  #operator(word: string): boolean {
    const found = this.#reader.take(word);
    if (found) this.#reader.countOperator();
    return found;
  }

  #primary(): ConditionNode {
    const reader = this.#reader;
    if (reader.peek().text !== "(" || this.#isOperandInParentheses()) return this.#comparison();
    const from = reader.position;
    reader.next();
    const inner = reader.within(() => this.#or());
    reader.expect(")");
    const until = reader.position;
    if (this.#group.from === from + 1 && this.#group.until === until - 1) this.#redundant = true;
    this.#group = { from, until };
    return inner;
  }

  /** Whether the parenthesis that is next holds an operand, as in `(a) = :b`, and not a condition. */
  #isOperandInParentheses(): boolean {
    let ahead = 0;
    let depth = 0;
    do {
      const { text, kind } = this.#reader.peek(ahead);
      if (kind === "end" || comparators.has(text) || (kind === "name" && /^(?:AND|OR|NOT|BETWEEN|IN)$/iu.test(text))) {
        return false;
      }
      if (text === "(") depth += 1;
      if (text === ")") depth -= 1;
      ahead += 1;
    } while (depth > 0);
    const { text } = this.#reader.peek(ahead);
    return comparators.has(text) || /^(?:BETWEEN|IN)$/iu.test(text);
  }

  #comparison(): ConditionNode {
    const reader = this.#reader;
    const name = reader.functionName();
    const first = name === undefined ? this.#operand() : this.#function(name);
    const { kind, text } = reader.peek();
    if (kind === "symbol" && comparators.has(text)) {
      reader.next();
      reader.countOperator();
      return { kind: "compare", comparator: text as Comparator, operands: [this.#asOperand(first), this.#operand()] };
    }
    if (this.#operator("BETWEEN")) {
      const low = this.#operand();
      reader.expect("AND");
      return { kind: "between", operands: [this.#asOperand(first), low, this.#operand()] };
    }
    if (this.#operator("IN")) {
      reader.expect("(");
      const operands = this.#operands();
      if (operands.length > mostOperandsOfIn) {
        const count = operands.length;
        reader.brokenLimit ??= `The IN operator is provided with too many operands; number of operands: ${count}`;
      }
      return { kind: "in", operands: [this.#asOperand(first), ...operands] };
    }
    if (first.kind === "function") return first;
    if (first.kind !== "size") throw reader.unexpected();
    this.#misusedFunction ??= "size";
    return { kind: "function", name: "attribute_exists", operands: [first] };
  }

  #operand(): Operand {
    const reader = this.#reader;
    if (reader.take("(")) {
      if (reader.take("(")) throw redundantParentheses();
      const operand = this.#operand();
      reader.expect(")");
      return operand;
    }
    const functionName = reader.functionName();
    if (functionName !== undefined) return this.#asOperand(this.#function(functionName));
    const name = reader.valueName();
    return name === undefined ? { kind: "path", path: reader.path() } : { kind: "value", name };
  }

  /** Operands up to and with the closing parenthesis. */
  #operands(): [Operand, ...Operand[]] {
    const operands: [Operand, ...Operand[]] = [this.#operand()];
    while (this.#reader.take(",")) operands.push(this.#operand());
    this.#reader.expect(")");
    return operands;
  }

  #function(name: string): Extract<Operand, { kind: "size" }> | Extract<ConditionNode, { kind: "function" }> {
    const operands = this.#operands();
    const count = operandCounts.get(name);
    if (count === undefined) this.#unknownFunction ??= name;
    else if (count !== operands.length) this.#wrongCount ??= wrongCount(name, operands.length);
    if (name === "size") return { kind: "size", of: operands[0] };
    return { kind: "function", name: name as FunctionName, operands };
  }

  /** Only `size` gives a value; every other function is a condition. */
  #asOperand(found: Operand | Extract<ConditionNode, { kind: "function" }>): Operand {
    if (found.kind !== "function") return found;
    this.#misusedFunction ??= found.name;
    return found.operands[0];
  }
}

export const wrongCount = (name: string, count: number): string =>
  "Incorrect number of operands for operator or function; " +
  `operator or function: ${name}, number of operands: ${count}`;
