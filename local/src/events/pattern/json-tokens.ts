/** What a token is; names follow the parser whose positions AWS quotes in its messages (Jackson's JsonToken). */
export type TokenKind = "{" | "}" | "[" | "]" | "name" | "string" | "number" | "true" | "false" | "null" | "end";

/**
 * The text is not the JSON, or not the pattern, that was expected; the message ends with the place, as AWS writes
 * it.
 */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

const space = new Set([" ", "\t", "\n", "\r"]);
const numberAt = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const wordAt = /[\p{L}\p{N}_$]*/uy;
const expectedValue = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
/** Jackson quotes no more of the source than this. */
const quotedSourceLength = 500;

/**
 * JSON one token at a time. The position it reports is the one AWS puts in its messages: a string value counts as read
 * only up to its opening quote until its text is asked for, and a name includes the start of its value.
 */
export class JsonTokens {
  kind: TokenKind = "end";
  readonly #source: string;
  readonly #open: { close: "}" | "]"; startedAt: number; count: number }[] = [];
  #at = 0;
  #name = "";
  #text: string | undefined;
  #value: TokenKind | undefined;
  #unreadString = false;

  constructor(source: string) {
    this.#source = source;
  }

  /** The name of the member that `next` last met. */
  get memberName(): string {
    return this.#name;
  }

  /** The text of a string or number, or the literal. */
  get text(): string {
    this.#finishString();
    return this.#text ?? this.kind;
  }

  next(): TokenKind {
    if (this.#value !== undefined) {
      this.kind = this.#value;
      this.#value = undefined;
      return this.kind;
    }
    this.#finishString();
    this.#text = undefined;
    return (this.kind = this.#advance());
  }

  /** Reads the end of an object, or fails with `message`. */
  endObject(message: string): void {
    if (this.next() !== "}") this.fail(message);
  }

  /** @throws PatternError always: `message` and the place */
  fail(message: string): never {
    throw new PatternError(message + this.where());
  }

  /** The place just read, in AWS's words. */
  where(at = this.#at): string {
    const before = this.#source.slice(0, at);
    const line = before.split("\n").length;
    const column = at - (before.lastIndexOf("\n") + 1) + 1;
    const hidden = this.#source.length - quotedSourceLength;
    const quoted = `"${this.#source.slice(0, quotedSourceLength)}"${hidden > 0 ? `[truncated ${hidden} chars]` : ""}`;
    return `\n at [Source: (String)${quoted}; line: ${line}, column: ${column}]`;
  }

  #advance(): TokenKind {
    this.#skipSpace();
    const frame = this.#open.at(-1);
    const char = this.#source[this.#at];
    if (frame === undefined) {
      if (char === undefined) return "end";
      this.#at += 1;
      return this.#startValue(char);
    }
    if (char === undefined) this.#failAtEnd(frame);
    this.#at += 1;
    if (char === "}" || char === "]") return this.#close(frame, char);
    let first = char;
    if (frame.count > 0) {
      const container = frame.close === "}" ? "Object" : "Array";
      if (char !== ",") this.#unexpected(char, `was expecting comma to separate ${container} entries`);
      first = this.#take(container);
    }
    frame.count += 1;
    return frame.close === "}" ? this.#member(first) : this.#startValue(first);
  }

  #close(frame: { close: "}" | "]"; startedAt: number }, char: "}" | "]"): TokenKind {
    if (char !== frame.close) {
      const start = this.where(frame.startedAt).slice("\n at [".length, -1);
      const container = frame.close === "}" ? "Object" : "Array";
      this.fail(
        `Unexpected close marker '${char}': expected '${frame.close}' (for ${container} starting at [${start}])`,
      );
    }
    this.#open.pop();
    return char;
  }

  #member(first: string): TokenKind {
    if (first !== '"') this.#unexpected(first, "was expecting double-quote to start field name");
    this.#name = this.#readString(" in field name");
    this.#skipSpace();
    if (this.#source[this.#at] === undefined) this.#failAtEnd(this.#open.at(-1)!);
    const colon = this.#source[this.#at++]!;
    if (colon !== ":") this.#unexpected(colon, "was expecting a colon to separate field name and value");
    this.#value = this.#startValue(this.#take("Object"));
    return "name";
  }

  /** The next character that is not space. */
  #take(container: string): string {
    this.#skipSpace();
    const char = this.#source[this.#at];
    if (char === undefined) this.fail(`Unexpected end-of-input within/between ${container} entries`);
    this.#at += 1;
    return char;
  }

  #startValue(char: string): TokenKind {
    this.#text = undefined;
    switch (char) {
      case "{":
      case "[":
        this.#open.push({ close: char === "{" ? "}" : "]", startedAt: this.#at - 1, count: 0 });
        return char;
      case '"':
        this.#unreadString = true;
        return "string";
      case "t":
      case "f":
      case "n":
        return this.#literal(char === "t" ? "true" : char === "f" ? "false" : "null");
      default:
        return this.#number(char);
    }
  }

  #number(char: string): TokenKind {
    numberAt.lastIndex = this.#at - 1;
    const [text] = numberAt.exec(this.#source) ?? [];
    if (text === undefined) return this.#notAValue(char);
    this.#at += text.length - 1;
    const next = this.#source[this.#at];
    if (next !== undefined && !/[\s,\]}]/.test(next)) {
      this.#at += 1;
      this.#unexpected(next, "Expected space separating root-level values");
    }
    this.#text = text;
    return "number";
  }

  #literal(word: "true" | "false" | "null"): TokenKind {
    wordAt.lastIndex = this.#at - 1;
    const [found = ""] = wordAt.exec(this.#source) ?? [];
    this.#at += found.length - 1;
    if (found !== word) this.fail(`Unrecognized token '${found}': was expecting ${expectedValue}`);
    return word;
  }

  #notAValue(char: string): never {
    if (/[\p{L}_$]/u.test(char)) this.#literal("null");
    return this.#unexpected(char, `expected a valid value ${expectedValue}`);
  }

  #finishString(): void {
    if (!this.#unreadString) return;
    this.#unreadString = false;
    this.#text = this.#readString("");
  }

  /** The rest of a string whose opening quote is read. */
  #readString(what: string): string {
    const start = this.#at;
    for (; this.#at < this.#source.length; this.#at++) {
      const char = this.#source[this.#at];
      if (char === "\\") this.#at += 1;
      else if (char === '"') {
        const body = this.#source.slice(start, this.#at++);
        return body.includes("\\") || hasControl(body) ? this.#unescape(body) : body;
      }
    }
    this.#at = this.#source.length;
    return this.fail(
      what
        ? `Unexpected end-of-input${what}`
        : "Unexpected end-of-input: was expecting closing quote for a string value",
    );
  }

  #unescape(body: string): string {
    try {
      return JSON.parse(`"${body}"`) as string;
    } catch {
      return this.fail("Unrecognized character escape or control character in a string");
    }
  }

  #unexpected(char: string, expected: string): never {
    throw new PatternError(
      `Unexpected character ('${char}' (code ${char.codePointAt(0)})): ${expected}${this.where(this.#at - 1)}`,
    );
  }

  #failAtEnd(frame: { close: "}" | "]"; startedAt: number }): never {
    const start = this.where(frame.startedAt).slice("\n at [".length, -1);
    const container = frame.close === "}" ? "Object" : "Array";
    return this.fail(`Unexpected end-of-input: expected close marker for ${container} (start marker at [${start}])`);
  }

  #skipSpace(): void {
    while (space.has(this.#source[this.#at]!)) this.#at += 1;
  }
}

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) < 0x20) return true;
  return false;
}
