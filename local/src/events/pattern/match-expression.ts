import { readAnythingBut } from "./anything-but.ts";
import { cidrRange } from "./ip-range.ts";
import type { JsonTokens } from "./json-tokens.ts";
import { readNumeric } from "./numeric-expression.ts";
import { absent, endsWith, exactly, ignoringCase, inIpRange, like, present, startsWith } from "./value-test.ts";
import type { ValueTest } from "./value-test.ts";
import { readWildcard } from "./wildcard.ts";
import type { WildcardParts } from "./wildcard.ts";

/** What one field's array of a pattern asks of the field. */
export interface FieldTest {
  readonly tests: readonly ValueTest[];
  /** `exists: false` is among the tests, so the field may also be missing. */
  readonly mayBeMissing: boolean;
  /** The wildcards of each entry that has any. */
  readonly wildcards: readonly (readonly WildcardParts[])[];
}

type Draft = { tests: ValueTest[]; mayBeMissing: boolean; wildcards: WildcardParts[][] };

const oneKey = "Only one key allowed in match expression";

/** Reads `{ "prefix": … }` and its kind from behind the opening brace; names and messages are event-ruler's. */
export function readMatchExpression(tokens: JsonTokens, draft: Draft): void {
  if (tokens.next() !== "name") tokens.fail("Match expression name not found");
  switch (tokens.memberName) {
    case "exactly":
      return void draft.tests.push(exactly(readLast(tokens, "exact")));
    case "prefix":
      return void draft.tests.push(readEnd(tokens, "prefix", startsWith));
    case "suffix":
      return void draft.tests.push(readEnd(tokens, "suffix", endsWith));
    case "equals-ignore-case":
      return void draft.tests.push(ignoringCase(readLast(tokens, "equals-ignore-case"), "whole"));
    case "numeric":
      return void draft.tests.push(readNumeric(tokens));
    case "cidr":
      if (tokens.next() !== "string") tokens.fail("prefix match pattern must be a string");
      draft.tests.push(inIpRange(cidrRange(tokens.text)));
      return tokens.endObject(oneKey);
    case "exists":
      return readExists(tokens, draft);
    case "wildcard": {
      if (tokens.next() !== "string") tokens.fail("wildcard match pattern must be a string");
      const parts = readWildcard(tokens, tokens.text);
      draft.wildcards.push([parts]);
      draft.tests.push(like(parts));
      return tokens.endObject(oneKey);
    }
    case "anything-but": {
      const { test, wildcards } = readAnythingBut(tokens);
      if (wildcards.length > 0) draft.wildcards.push(wildcards);
      return void draft.tests.push(test);
    }
    default:
      tokens.fail(`Unrecognized match type ${tokens.memberName}`);
  }
}

function readLast(tokens: JsonTokens, what: string): string {
  if (tokens.next() !== "string") tokens.fail(`${what} match pattern must be a string`);
  const { text } = tokens;
  tokens.endObject(oneKey);
  return text;
}

/** `prefix` and `suffix`, whose value may be `{ "equals-ignore-case": … }`. */
function readEnd(tokens: JsonTokens, end: "prefix" | "suffix", test: (text: string) => ValueTest): ValueTest {
  const kind = tokens.next();
  if (kind === "{") {
    const title = end === "prefix" ? "Prefix" : "Suffix";
    if (tokens.next() !== "name") tokens.fail(`${title} expression name not found`);
    if (tokens.memberName !== "equals-ignore-case") tokens.fail(`Unsupported ${end} pattern: ${tokens.memberName}`);
    const text = readLast(tokens, "equals-ignore-case");
    tokens.endObject(oneKey);
    return ignoringCase(text, end);
  }
  if (kind !== "string") tokens.fail(`${end} match pattern must be a string`);
  const { text } = tokens;
  tokens.endObject(oneKey);
  return test(text);
}

function readExists(tokens: JsonTokens, draft: Draft): void {
  const kind = tokens.next();
  if (kind !== "true" && kind !== "false") tokens.fail("exists match pattern must be either true or false.");
  tokens.endObject(oneKey);
  if (kind === "false") draft.mayBeMissing = true;
  draft.tests.push(kind === "true" ? present : absent);
}
