/**
 * A value as the API writes it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html, 2026-11-21
 */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly B: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly SS: readonly string[] }
  | { readonly NS: readonly string[] }
  | { readonly BS: readonly string[] }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

/** Attributes by name. Items are shared between the table and its readers, and never changed in place. */
export type Item = Readonly<Record<string, AttributeValue>>;

export type AttributeType = "S" | "N" | "B" | "BOOL" | "NULL" | "SS" | "NS" | "BS" | "L" | "M";
export type SetType = "SS" | "NS" | "BS";

export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw new Error("an attribute value has a type");
}

/** The strings of a set, or undefined for any other value. */
export const setMembers = (value: AttributeValue): readonly string[] | undefined =>
  "SS" in value ? value.SS : "NS" in value ? value.NS : "BS" in value ? value.BS : undefined;

/** An attribute an item has itself: `constructor` and `__proto__` are names like any other. */
export const attributeOf = (item: Item, name: string): AttributeValue | undefined =>
  Object.hasOwn(item, name) ? item[name] : undefined;

/** Gives an item in the making an attribute of any name; an assignment to `__proto__` would not. */
export function setAttribute(item: Record<string, AttributeValue>, name: string, value: AttributeValue): void {
  if (name !== "__proto__") item[name] = value;
  else Object.defineProperty(item, name, { value, configurable: true, enumerable: true, writable: true });
}
