import { comparable } from "./comparable-number.ts";
import { PatternError } from "./json-tokens.ts";
import type { JsonTokens, TokenKind } from "./json-tokens.ts";
import { endsWith, exactly, ignoringCase, like, noneOf, startsWith } from "./value-test.ts";
import type { ValueTest } from "./value-test.ts";
import { readWildcard } from "./wildcard.ts";
import type { WildcardParts } from "./wildcard.ts";

type AnythingBut = "values" | "equals-ignore-case" | "prefix" | "suffix" | "wildcard";

/** `anything-but`: a value or several of one type, or `{ "prefix": … }` and its kind with one text or several. */
export function readAnythingBut(tokens: JsonTokens): { test: ValueTest; wildcards: WildcardParts[] } {
  let form: AnythingBut = "values";
  let kind = tokens.next();
  if (kind === "{") {
    if (tokens.next() !== "name") tokens.fail("Anything-But expression name not found");
    form = anythingButForm(tokens);
    kind = tokens.next();
  }
  if (kind !== "[" && kind !== "string" && kind !== "number") {
    tokens.fail("Value of anything-but must be an array or single string/number value.");
  }
  const wildcards: WildcardParts[] = [];
  const tests = kind === "[" ? readList(tokens, form, wildcards) : [excluded(tokens, kind, form, wildcards)];
  tokens.endObject("Too many elements in numeric expression");
  if (form !== "values") tokens.endObject("Too many elements in numeric expression");
  return { test: noneOf(tests), wildcards };
}

function anythingButForm(tokens: JsonTokens): AnythingBut {
  const name = tokens.memberName;
  if (name === "equals-ignore-case" || name === "prefix" || name === "suffix" || name === "wildcard") return name;
  return tokens.fail(`Unsupported anything-but pattern: ${name}`);
}

function readList(tokens: JsonTokens, form: AnythingBut, wildcards: WildcardParts[]): ValueTest[] {
  const tests: ValueTest[] = [];
  const texts: string[] = [];
  const kinds = new Set<TokenKind>();
  try {
    for (let kind = tokens.next(); kind !== "]"; kind = tokens.next()) {
      kinds.add(kind);
      if (form === "wildcard" && kind === "string") texts.push(tokens.text);
      else tests.push(excluded(tokens, kind, form, wildcards));
    }
  } catch (error) {
    // event-ruler wraps an error inside such a list once more, so AWS's message names the place twice.
    if (error instanceof PatternError) tokens.fail(error.message);
    throw error;
  }
  if (form === "values" && kinds.size !== 1) {
    tokens.fail("Inside anything but list, either all values are number or string, mixed type is not supported");
  }
  // The escapes of wildcards are looked at only when the whole list is read.
  for (const text of texts) tests.push(excludedWildcard(tokens, text, wildcards));
  return tests;
}

function excluded(tokens: JsonTokens, kind: TokenKind, form: AnythingBut, wildcards: WildcardParts[]): ValueTest {
  if (form === "values") {
    if (kind === "string") return exactly(tokens.text);
    if (kind !== "number") tokens.fail("Inside anything but list, start|null|boolean is not supported.");
    const value = comparable(tokens.text);
    if (value === undefined) throw new PatternError(`Cannot compare number : ${tokens.text}`);
    return (leaf) => leaf === value;
  }
  if (kind !== "string") tokens.fail(notAString[form]);
  const { text } = tokens;
  if (form === "equals-ignore-case") return ignoringCase(text, "whole");
  if (form === "wildcard") return excludedWildcard(tokens, text, wildcards);
  if (text === "") tokens.fail("Null prefix/suffix not allowed");
  return form === "prefix" ? startsWith(text) : endsWith(text);
}

function excludedWildcard(tokens: JsonTokens, text: string, wildcards: WildcardParts[]): ValueTest {
  const parts = readWildcard(tokens, text);
  wildcards.push(parts);
  return like(parts);
}

const notAString = {
  "equals-ignore-case": "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
  prefix: "prefix/suffix match pattern must be a string",
  suffix: "prefix/suffix match pattern must be a string",
  wildcard: "wildcard match pattern must be a string",
} as const;
