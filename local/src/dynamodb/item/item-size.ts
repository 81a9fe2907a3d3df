import type { AttributeValue, Item } from "./attribute-value.ts";
import { setMembers } from "./attribute-value.ts";
import { digitsOf } from "./decimal.ts";

/** An item, and its size in bytes. */
export interface Sized {
  readonly item: Item;
  readonly bytes: number;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constants.html, 2026-11-21 */
export const largestItemBytes = 400 * 1024;

/**
 * Bytes an item counts for limits and capacity: names and strings in UTF-8, a number about half its digits.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html, 2026-11-21
 */
export function itemBytes(item: Item): number {
  let sum = 0;
  for (const name in item) sum += Buffer.byteLength(name) + valueBytes(item[name]!);
  return sum;
}

function valueBytes(value: AttributeValue): number {
  if ("S" in value) return Buffer.byteLength(value.S);
  if ("N" in value) return numberBytes(value.N);
  if ("B" in value) return Buffer.byteLength(value.B, "base64");
  if ("BOOL" in value || "NULL" in value) return 1;
  if ("L" in value) return value.L.reduce((sum, each) => sum + 1 + valueBytes(each), 3);
  if ("M" in value) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  if ("NS" in value) return value.NS.reduce((sum, each) => sum + numberBytes(each), 0);
  const encoding = "BS" in value ? "base64" : "utf8";
  return setMembers(value)!.reduce((sum, each) => sum + Buffer.byteLength(each, encoding), 0);
}

/** A byte for the exponent, one for two digits aligned on a power of a hundred, one for a minus sign. */
function numberBytes(number: string): number {
  if (number.length === 1) return number === "0" ? 1 : 2;
  const { count, exponent, negative } = digitsOf(number);
  if (count === 0) return 1;
  const misaligned = count % 2 === 0 && exponent % 2 === 0;
  return 1 + Math.ceil(count / 2) + (misaligned ? 1 : 0) + (negative ? 1 : 0);
}
