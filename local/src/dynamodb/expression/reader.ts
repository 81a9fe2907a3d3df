import type { Path } from "./path.ts";
import { isReserved } from "./reserved-words.ts";

/** An expression's text is wrong; `message` goes after "Invalid ConditionExpression: ". */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

export const redundantParentheses = () => new ExpressionError("The expression has redundant parentheses;");

interface Token {
  /** `name`: an attribute, function or keyword; `#` and `:` placeholders; `index` a whole number. */
  readonly kind: "name" | "#" | ":" | "index" | "symbol" | "end";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const token = /[ \t\r\n]*(?:([A-Za-z_]\w*)|(#\w+)|(:\w+)|(\d+)|(<=|>=|<>|[^ \t\r\n])|$)/uy;
const kinds = ["name", "#", ":", "index", "symbol"] as const;

// Limits of https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html, 2026-11-21
const longestBytes = 4096;
const mostOperators = 300;
const deepestPath = 32;
const largestIndex = 2 ** 31 - 1;

/** Reads an expression's tokens from left to right. */
export class Reader {
  /** Placeholders met so far, in order. */
  readonly placeholders: string[] = [];
  /** The first reserved word an attribute is named by. */
  reserved: string | undefined;
  /** The first limit that the expression breaks, and how; AWS tells of syntax errors before. */
  brokenLimit: string | undefined;
  #operators = 0;
  #depth = 0;
  readonly #text: string;
  readonly #tokens: Token[] = [];
  #at = 0;

  constructor(text: string) {
    if (text === "") throw new ExpressionError("The expression can not be empty;");
    const bytes = Buffer.byteLength(text);
    if (bytes > longestBytes) {
      throw new ExpressionError(`Expression size has exceeded the maximum allowed size; expression size: ${bytes}`);
    }
    this.#text = text;
    token.lastIndex = 0;
    for (let last = ""; last !== "end"; last = this.#tokens.at(-1)!.kind) this.#tokens.push(this.#scan());
  }

  /** How many tokens were read. */
  get position(): number {
    return this.#at;
  }

  /** The token `ahead` of the one that is next. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  next(): Token {
    const next = this.peek();
    this.#at += 1;
    return next;
  }

  /** A symbol, or a keyword in any case: consumed if it is next. */
  take(text: string): boolean {
    if (!this.#isNext(text)) return false;
    this.#at += 1;
    return true;
  }

  /** Takes note of an operator that was read. */
  countOperator(): void {
    this.#operators += 1;
    if (this.#operators <= mostOperators) return;
    this.brokenLimit ??= `The expression contains too many operators; operator count: ${mostOperators + 1}`;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected();
  }

  expectEnd(): void {
    if (this.peek().kind !== "end") throw this.unexpected();
  }

  /** A function's name if one is next, with its opening parenthesis consumed. */
  functionName(): string | undefined {
    if (this.peek().kind !== "name" || this.peek(1).text !== "(") return undefined;
    const { text } = this.next();
    this.next();
    return text;
  }

  /** A `:value` placeholder, if it is next. */
  valueName(): string | undefined {
    if (this.peek().kind !== ":") return undefined;
    const { text } = this.next();
    this.placeholders.push(text);
    return text;
  }

  /** Reads what stands in parentheses. So many that no operator can stand between them are not read to the end. */
  within<Parsed>(parse: () => Parsed): Parsed {
    this.#depth += 1;
    if (this.#depth > mostOperators + 1) throw this.#tooDeep();
    const parsed = parse();
    this.#depth -= 1;
    return parsed;
  }

  #tooDeep(): ExpressionError {
    let unclosed = 0;
    for (const { text } of this.#tokens) unclosed += text === "(" ? 1 : text === ")" ? -1 : 0;
    if (unclosed > 0) {
      this.#at = this.#tokens.length - 1;
      return this.unexpected();
    }
    return this.brokenLimit === undefined ? redundantParentheses() : new ExpressionError(this.brokenLimit);
  }

  /** A document path such as `a.#b[0]`. */
  path(): Path {
    const steps: (string | number)[] = [this.#attribute()];
    for (;;) {
      if (this.take(".")) steps.push(this.#attribute());
      else if (this.take("[")) {
        if (this.peek().kind !== "index") throw this.unexpected();
        steps.push(this.#index());
        this.expect("]");
      } else break;
    }
    if (steps.length > deepestPath) {
      this.brokenLimit ??= `The document path has too many nesting levels; nesting levels: ${steps.length}`;
    }
    return steps;
  }

  #index(): number {
    const { text } = this.next();
    const index = Number(text);
    if (index > largestIndex) {
      this.brokenLimit ??= `List index is not within the allowable range; index: [${text}]`;
    }
    return index;
  }

  /** The error AWS reports at the next token, which it shows between its neighbours. */
  unexpected(): ExpressionError {
    const found = this.peek();
    const before = this.#at > 0 ? this.#tokens[this.#at - 1]! : found;
    const near = this.#text.slice(before.start, this.peek(1).end).trim();
    return new ExpressionError(
      `Syntax error; token: "${found.kind === "end" ? "<EOF>" : found.text}", near: "${near}"`,
    );
  }

  #attribute(): string {
    const { kind, text } = this.peek();
    if (kind === "#") this.placeholders.push(text);
    else if (kind !== "name") throw this.unexpected();
    else if (isReserved(text)) this.reserved ??= text;
    this.#at += 1;
    return text;
  }

  #isNext(text: string): boolean {
    const next = this.peek();
    return next.kind === "symbol" ? next.text === text : next.kind === "name" && next.text.toUpperCase() === text;
  }

  #scan(): Token {
    const match = token.exec(this.#text)!;
    const group = match.findIndex((part, index) => index > 0 && part !== undefined);
    const end = match.index + match[0].length;
    if (group < 0) return { kind: "end", text: "", start: end, end };
    return { kind: kinds[group - 1]!, text: match[group]!, start: end - match[group]!.length, end };
  }
}
