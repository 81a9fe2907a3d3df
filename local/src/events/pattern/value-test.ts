import { textsInOrder } from "../../wildcard.ts";
import { comparable, LongNumber } from "./comparable-number.ts";
import type { Leaf } from "./flat-event.ts";
import { inRange, ipDigits } from "./ip-range.ts";
import type { IpRange } from "./ip-range.ts";
import type { WildcardParts } from "./wildcard.ts";

/** One entry of a field's array in a pattern: does a value that is there match it? */
export type ValueTest = (leaf: Leaf) => boolean;

export const present: ValueTest = () => true;
/** `exists: false` matches no value; that there is none is tested apart. */
export const absent: ValueTest = () => false;

export const exactly =
  (literal: string | boolean | null): ValueTest =>
  (leaf) =>
    leaf === literal;

/** A plain string; one that is an IP address matches every way to write that address, as event-ruler does. */
export function equalsString(text: string): ValueTest {
  const digits = ipDigits(text);
  return digits === undefined ? exactly(text) : inIpRange({ bottom: digits, top: digits });
}

/** A plain number: by value where binary64 holds it, otherwise by its text. */
export function equalsNumber(text: string): ValueTest {
  const value = comparable(text);
  if (value !== undefined) return (leaf) => leaf === value;
  return (leaf) => leaf instanceof LongNumber && leaf.text === text;
}

/** `numeric`: bounds that are not given are -Infinity and Infinity. */
export const between =
  (bottom: number, openBottom: boolean, top: number, openTop: boolean): ValueTest =>
  (leaf) =>
    typeof leaf === "number" && (openBottom ? leaf > bottom : leaf >= bottom) && (openTop ? leaf < top : leaf <= top);

export const inIpRange =
  (range: IpRange): ValueTest =>
  (leaf) => {
    if (typeof leaf !== "string") return false;
    const digits = ipDigits(leaf);
    return digits !== undefined && inRange(digits, range);
  };

export const startsWith =
  (prefix: string): ValueTest =>
  (leaf) =>
    typeof leaf === "string" && leaf.startsWith(prefix);

export const endsWith =
  (suffix: string): ValueTest =>
  (leaf) =>
    typeof leaf === "string" && leaf.endsWith(suffix);

export const like = (parts: WildcardParts): ValueTest => {
  const matches = textsInOrder(parts);
  return (leaf) => typeof leaf === "string" && matches(leaf);
};

/** Which end of a value an ignore-case test is held against. */
export type Anchor = "whole" | "prefix" | "suffix";

/** `equals-ignore-case`, alone or within `prefix` or `suffix`. */
export function ignoringCase(text: string, anchor: Anchor): ValueTest {
  const source = Array.from({ length: text.length }, (_, index) => eitherCase(text[index]!)).join("");
  const expression = new RegExp(`${anchor === "suffix" ? "" : "^"}(?:${source})${anchor === "prefix" ? "" : "$"}`);
  return (leaf) => typeof leaf === "string" && expression.test(leaf);
}

/** `anything-but` matches every value that is there, whatever its type, unless one of `tests` does. */
export const noneOf =
  (tests: readonly ValueTest[]): ValueTest =>
  (leaf) =>
    !tests.some((test) => test(leaf));

/**
 * event-ruler turns one UTF-16 unit at a time into UTF-8, where half of a surrogate pair becomes a question mark: a
 * character beyond the basic plane matches "??" and not itself.
 */
function eitherCase(unit: string): string {
  if (/[\ud800-\udfff]/.test(unit)) return "\\?";
  const cases = new Set([unit.toLowerCase(), unit.toUpperCase()]);
  const escaped = [...cases].map((each) => each.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return escaped.length === 1 ? escaped[0]! : `(?:${escaped.join("|")})`;
}
