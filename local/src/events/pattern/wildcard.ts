import { PatternError } from "./json-tokens.ts";
import type { JsonTokens } from "./json-tokens.ts";

/** The parts of a wildcard: literal text, with a star between each two. */
export type WildcardParts = readonly string[];

/**
 * Splits at the stars; `\*` and `\\` stand for themselves.
 * @throws PatternError without a place; positions count UTF-8 bytes from the opening quote, as event-ruler's do
 */
export function parseWildcard(text: string): WildcardParts {
  const parts: string[] = [];
  let part = "";
  for (let index = 0; index < text.length; index++) {
    const char = text[index];
    const position = () => Buffer.byteLength(text.slice(0, index)) + 1;
    if (char === "*") {
      if (text[index + 1] === "*") throw new PatternError(`Consecutive wildcard characters at pos ${position()}`);
      parts.push(part);
      part = "";
    } else if (char === "\\") {
      const escaped = text[index + 1];
      if (escaped !== "*" && escaped !== "\\") throw new PatternError(`Invalid escape character at pos ${position()}`);
      part += escaped;
      index += 1;
    } else part += char;
  }
  parts.push(part);
  return parts;
}

/** Splits a wildcard at its stars; what is wrong with it is reported at the place just read. */
export function readWildcard(tokens: JsonTokens, text: string): WildcardParts {
  try {
    return parseWildcard(text);
  } catch (error) {
    if (error instanceof PatternError) tokens.fail(error.message);
    throw error;
  }
}
