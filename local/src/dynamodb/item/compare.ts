import type { AttributeValue } from "./attribute-value.ts";
import { setMembers, typeOf } from "./attribute-value.ts";
import { compareNumbers } from "./decimal.ts";

/** Equality of type and content; sets have no order. */
export function equal(a: AttributeValue, b: AttributeValue): boolean {
  if ("S" in a) return "S" in b && a.S === b.S;
  if ("N" in a) return "N" in b && a.N === b.N;
  if ("B" in a) return "B" in b && a.B === b.B;
  if ("BOOL" in a) return "BOOL" in b && a.BOOL === b.BOOL;
  if ("NULL" in a) return "NULL" in b;
  if ("L" in a) return "L" in b && a.L.length === b.L.length && a.L.every((each, index) => equal(each, b.L[index]!));
  if ("M" in a) {
    if (!("M" in b)) return false;
    const names = Object.keys(a.M);
    if (names.length !== Object.keys(b.M).length) return false;
    return names.every((name) => Object.hasOwn(b.M, name) && equal(a.M[name]!, b.M[name]!));
  }
  if (typeOf(a) !== typeOf(b)) return false;
  const members = new Set(setMembers(a));
  const others = setMembers(b)!;
  return members.size === others.length && others.every((member) => members.has(member));
}

/**
 * Order of two strings, numbers or binaries of one type: negative, zero or positive. Strings sort by their UTF-8 bytes.
 * @returns undefined where the types differ or have no order
 */
export function compareValues(a: AttributeValue, b: AttributeValue): number | undefined {
  if ("N" in a) return "N" in b ? compareNumbers(a.N, b.N) : undefined;
  if ("S" in a) return "S" in b ? compareTexts(utf8Order(a.S), utf8Order(b.S)) : undefined;
  if ("B" in a) return "B" in b ? compareTexts(bytes(a.B), bytes(b.B)) : undefined;
  return undefined;
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One character a byte. */
export const bytes = (encoded: string): string => Buffer.from(encoded, "base64").toString("latin1");

/** Text whose code units sort as the UTF-8 bytes of `value` do: UTF-16 puts surrogates before U+E000, UTF-8 after. */
export function utf8Order(value: string): string {
  if (!/[\ud800-\uffff]/.test(value)) return value;
  let order = "";
  for (let index = 0; index < value.length; index += 1) {
    const unit = value.charCodeAt(index);
    order += String.fromCharCode(unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);
  }
  return order;
}
