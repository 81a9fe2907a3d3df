import { comparable } from "./comparable-number.ts";
import type { JsonTokens, TokenKind } from "./json-tokens.ts";
import { between } from "./value-test.ts";
import type { ValueTest } from "./value-test.ts";

/** `numeric`: `["=", 1]`, or one or two bounds such as `[">", 0, "<=", 5]`. */
export function readNumeric(tokens: JsonTokens): ValueTest {
  if (tokens.next() !== "[") tokens.fail("Value of numeric must be an array.");
  if (tokens.next() !== "string") tokens.fail(`Invalid member in numeric match: ${tokens.text}`);
  const operator = tokens.text;
  const kind = tokens.next();
  const test = numericTest(tokens, operator, kind);
  tokens.endObject("Too many elements in numeric expression");
  return test;
}

function numericTest(tokens: JsonTokens, operator: string, kind: TokenKind): ValueTest {
  const word = operator === "=" ? "equals" : operator;
  switch (operator) {
    case "=":
    case "<":
    case "<=": {
      const text = numberText(tokens, kind, word);
      if (tokens.next() !== "]") tokens.fail("Too many elements in numeric expression");
      const value = bound(tokens, text);
      return operator === "="
        ? between(value, false, value, false)
        : between(-Infinity, false, value, operator === "<");
    }
    case ">":
    case ">=": {
      const text = numberText(tokens, kind, word);
      const next = tokens.next();
      if (next === "]") return between(bound(tokens, text), operator === ">", Infinity, false);
      return completeRange(tokens, next, text, operator === ">");
    }
    default:
      return tokens.fail(`Unrecognized numeric range operator: ${operator}`);
  }
}

function completeRange(tokens: JsonTokens, kind: TokenKind, bottom: string, openBottom: boolean): ValueTest {
  if (kind !== "string") tokens.fail(`Bad value in numeric range: ${tokens.text}`);
  const operator = tokens.text;
  if (operator !== "<" && operator !== "<=") tokens.fail(`Bad numeric range operator: ${operator}`);
  const top = numberText(tokens, tokens.next(), operator);
  if (tokens.next() !== "]") tokens.fail("Too many terms in numeric range expression");
  const low = bound(tokens, bottom);
  const high = bound(tokens, top);
  if (low >= high) tokens.fail("Bottom must be less than top");
  return between(low, openBottom, high, operator === "<");
}

function numberText(tokens: JsonTokens, kind: TokenKind, word: string): string {
  if (kind !== "number") tokens.fail(`Value of ${word} must be numeric`);
  return tokens.text;
}

function bound(tokens: JsonTokens, text: string): number {
  return comparable(text) ?? tokens.fail(`Cannot compare number : ${text}`);
}
