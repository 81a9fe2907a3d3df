import { comparable, LongNumber } from "./comparable-number.ts";

/** A number that binary64 may not hold is longer than 15 digits or has an exponent. */
const mayLoseDigits = /\d[\d.]{15}|\d[eE][+-]?\d/;

/** Whether a number of a JSON text may not survive JSON.parse. */
export const losesDigits = (text: string): boolean => mayLoseDigits.test(text);

/**
 * Parses the JSON of an event for matching: numbers that binary64 would change stay text.
 * @throws SyntaxError for text that is no JSON
 */
export function parseForMatching(text: string): unknown {
  if (!losesDigits(text)) return JSON.parse(text);
  return JSON.parse(text, (_name, value: unknown, context?: { source?: string }) => {
    if (typeof value !== "number" || context?.source === undefined) return value;
    return comparable(context.source) ?? new LongNumber(context.source);
  });
}
