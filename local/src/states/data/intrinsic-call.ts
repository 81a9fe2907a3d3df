import { UnknownFeature } from "../../errors.ts";
import { invalidDefinition } from "../definition/invalid-definition.ts";
import { RuntimeFault } from "../failure.ts";
import { intrinsics } from "./intrinsics.ts";
import { missing } from "./json-path-read.ts";
import type { Scope } from "./scope.ts";

type Read = (root: unknown, scope: Scope) => unknown;
/** Compiles an argument that is a path, as `compilePath` does. */
type CompilePath = (text: string, where: string) => { readonly read: Read };

/**
 * Compiles a call such as `States.Format('Hello {}', $.name)`; calls may be nested.
 * https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 * @throws UnknownFeature for a function the cloud does not know
 */
export function parseIntrinsic(text: string, where: string, compilePath: CompilePath): Read {
  const parser = new CallParser(text, where, compilePath);
  const read = parser.call();
  parser.end();
  return read;
}

/** "You can nest up to 10 intrinsic functions within a field", says the page of the intrinsics. */
const mostNested = 10;

class CallParser {
  readonly #text: string;
  readonly #where: string;
  readonly #compilePath: CompilePath;
  #at = 0;

  constructor(text: string, where: string, compilePath: CompilePath) {
    this.#text = text;
    this.#where = where;
    this.#compilePath = compilePath;
  }

  /** @param level how many calls stand around this one */
  call(level = 1): Read {
    if (level > mostNested) this.#invalid();
    const name = this.#match(/States\.\w+/y) ?? this.#invalid();
    const intrinsic = intrinsics[name];
    if (!intrinsic) throw new UnknownFeature(`the intrinsic function ${name}`, this.#where);
    if (!this.#match(/\s*\(\s*/y)) this.#invalid();
    const start = this.#at;
    const parameters: Read[] = [];
    while (!this.#match(/\s*\)/y)) {
      if (parameters.length > 0 && !this.#match(/\s*,\s*/y)) this.#invalid();
      parameters.push(this.#argument(level));
    }
    const shown = `${name}(${this.#text.slice(start, this.#at - 1)})`;
    return (root, scope) => {
      const values = parameters.map((read) => read(root, scope));
      try {
        return intrinsic(values, scope);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        throw new RuntimeFault(
          `The function '${shown}' had the following error: ${error.message}`,
          "States.IntrinsicFailure",
        );
      }
    };
  }

  end(): void {
    if (this.#at < this.#text.trimEnd().length) this.#invalid();
  }

  #argument(level: number): Read {
    if (this.#text.startsWith("States.", this.#at)) return this.call(level + 1);
    const literal = this.#match(/'(?:[^'\\]|\\.)*'/sy);
    if (literal !== undefined) {
      // Recorded: a double quote cannot be escaped.
      if (/(?<!\\)(?:\\\\)*\\"/.test(literal)) this.#invalid();
      // A backslash keeps quotes, braces and itself from their meaning; before anything else it stands for itself.
      const value = literal.slice(1, -1).replace(/\\(['\\])/g, "$1");
      return () => value;
    }
    const constant = this.#match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b/y);
    if (constant !== undefined) {
      const value: unknown = JSON.parse(constant);
      return () => value;
    }
    const path = this.#path();
    const expression = this.#compilePath(path, this.#where);
    return (root, scope) => {
      const value = expression.read(root, scope);
      if (value !== missing) return value;
      throw new RuntimeFault(
        `The JsonPath argument for the field '${path}' could not be found in the input '${JSON.stringify(root)}'`,
      );
    };
  }

  /** A path runs to the comma or parenthesis that is not inside its own brackets. */
  #path(): string {
    const start = this.#at;
    if (this.#text[start] !== "$") this.#invalid();
    let depth = 0;
    let quote = "";
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at]!;
      if (quote) quote = char === quote ? "" : quote;
      else if (char === "'" || char === '"') quote = char;
      else if (char === "[") depth += 1;
      else if (char === "]") depth -= 1;
      else if (depth === 0 && /[,)\s]/.test(char)) break;
    }
    return this.#text.slice(start, this.#at);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) return undefined;
    this.#at += match[0].length;
    return match[0];
  }

  #invalid(): never {
    throw invalidDefinition(
      `The value for the field must be a valid intrinsic function call: ${this.#text}`,
      this.#where,
    );
  }
}
