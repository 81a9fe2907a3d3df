import { wrongCount } from "./condition.ts";
import type { Path } from "./path.ts";
import { ExpressionError, Reader } from "./reader.ts";

/** The right side of SET. */
export type SetValue =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "value"; readonly name: string }
  | { readonly kind: "+" | "-" | "list_append"; readonly operands: readonly [SetValue, SetValue] }
  | { readonly kind: "if_not_exists"; readonly path: Path; readonly otherwise: SetValue };

export type UpdateAction =
  | { readonly kind: "SET"; readonly path: Path; readonly value: SetValue }
  | { readonly kind: "REMOVE"; readonly path: Path }
  | { readonly kind: "ADD" | "DELETE"; readonly path: Path; readonly value: string };

/** An update as far as its text alone tells; `wrongFunction` is reported after everything else. */
export interface ParsedUpdate {
  readonly actions: readonly UpdateAction[];
  readonly placeholders: readonly string[];
  readonly wrongFunction: string | undefined;
}

const sections = ["SET", "REMOVE", "ADD", "DELETE"] as const;

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html, 2026-11-21
 * @throws ExpressionError
 */
export function parseUpdate(text: string): ParsedUpdate {
  const parser = new UpdateParser(text);
  return parser.parse();
}

class UpdateParser {
  readonly #reader: Reader;
  #unknownFunction: string | undefined;
  #wrongFunction: string | undefined;

  constructor(text: string) {
    this.#reader = new Reader(text);
  }

  parse(): ParsedUpdate {
    const reader = this.#reader;
    const seen = new Set<string>();
    const actions: UpdateAction[] = [];
    let repeated: string | undefined;
    do {
      const section = sections.find((name) => reader.take(name));
      if (!section) throw reader.unexpected();
      if (seen.has(section)) repeated ??= section;
      seen.add(section);
      do actions.push(this.#action(section));
      while (reader.take(","));
    } while (reader.peek().kind !== "end");
    const { reserved, placeholders, brokenLimit } = reader;
    // AWS reports one problem at a time, in this order.
    if (brokenLimit) throw new ExpressionError(brokenLimit);
    if (reserved) throw new ExpressionError(`Attribute name is a reserved keyword; reserved keyword: ${reserved}`);
    if (this.#unknownFunction) throw new ExpressionError(`Invalid function name; function: ${this.#unknownFunction}`);
    if (repeated) {
      throw new ExpressionError(`The "${repeated}" section can only be used once in an update expression;`);
    }
    return { actions, placeholders, wrongFunction: this.#wrongFunction };
  }

  #action(kind: (typeof sections)[number]): UpdateAction {
    const reader = this.#reader;
    const path = reader.path();
    switch (kind) {
      case "SET":
        reader.expect("=");
        return { kind, path, value: this.#setValue() };
      case "REMOVE":
        return { kind, path };
      case "ADD":
      case "DELETE": {
        const value = reader.valueName();
        if (value === undefined) throw reader.unexpected();
        return { kind, path, value };
      }
    }
  }

  #setValue(): SetValue {
    const left = this.#operand();
    const { text } = this.#reader.peek();
    if (text !== "+" && text !== "-") return left;
    this.#reader.next();
    this.#reader.countOperator();
    return { kind: text, operands: [left, this.#operand()] };
  }

  #operand(): SetValue {
    const reader = this.#reader;
    if (reader.take("(")) {
      const inner = reader.within(() => this.#setValue());
      reader.expect(")");
      return inner;
    }
    const name = reader.functionName();
    if (name !== undefined) return this.#function(name);
    const value = reader.valueName();
    return value === undefined ? { kind: "path", path: reader.path() } : { kind: "value", name: value };
  }

  #function(name: string): SetValue {
    const operands = [this.#operand()];
    while (this.#reader.take(",")) operands.push(this.#operand());
    this.#reader.expect(")");
    const [first, second] = operands as [SetValue, SetValue];
    if (name !== "list_append" && name !== "if_not_exists") this.#unknownFunction ??= name;
    else if (operands.length !== 2) this.#wrongFunction ??= wrongCount(name, operands.length);
    else if (name === "list_append") return { kind: "list_append", operands: [first, second] };
    else if (first.kind === "path") return { kind: "if_not_exists", path: first.path, otherwise: second };
    else this.#wrongFunction ??= `Operator or function requires a document path; operator or function: ${name}`;
    return first;
  }
}
