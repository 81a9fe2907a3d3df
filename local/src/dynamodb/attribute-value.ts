import { compareNumbers, normalizeNumber } from "./decimal.ts";
import { invalid, unreadable } from "./failures.ts";

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

/** Lists and maps may be nested this deep: …/developerguide/Constants.html, 2026-11-21 */
const deepestLevel = 32;

export function typeOf(value: AttributeValue): AttributeType {
  for (const type in value) return type as AttributeType;
  throw new Error("an attribute value has a type");
}

/** The strings of a set, or undefined for any other value. */
export const setMembers = (value: AttributeValue): readonly string[] | undefined =>
  "SS" in value ? value.SS : "NS" in value ? value.NS : "BS" in value ? value.BS : undefined;

/**
 * A value from a request, checked, its numbers normalized; the result shares nothing with the input.
 * @throws AwsError ValidationException, or SerializationException for the wrong JSON type
 */
export function admitValue(value: unknown, level = 1): AttributeValue {
  if (value === null || typeof value !== "object") throw unreadable("Unexpected value type in payload");
  if (level > deepestLevel) throw invalid("Nesting Levels have exceeded supported limits");
  let found: AttributeValue | undefined;
  for (const type in value) {
    const content = (value as Record<string, unknown>)[type];
    if (content === undefined || content === null) continue;
    const admitted = admitContent(type, content, level);
    if (admitted && found) {
      throw invalid(
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
      );
    }
    found ??= admitted;
  }
  if (found) return found;
  throw invalid("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
}

/** An item or key from a request. @throws AwsError as `admitValue` */
export function admitItem(item: unknown, level = 0): Item {
  if (item === null || typeof item !== "object" || Array.isArray(item)) throw unreadable("Unexpected field type");
  const admitted: Record<string, AttributeValue> = {};
  for (const name of Object.keys(item)) {
    admitted[name] = admitValue((item as Record<string, unknown>)[name], level + 1);
  }
  return admitted;
}

function admitContent(type: string, content: unknown, level: number): AttributeValue | undefined {
  switch (type) {
    case "S":
      return { S: text(content) };
    case "N":
      return { N: number(content) };
    case "B":
      return { B: base64(content) };
    case "BOOL":
      if (typeof content !== "boolean") throw unreadable("Unexpected token received from parser");
      return { BOOL: content };
    case "NULL":
      if (content === true) return { NULL: true };
      throw invalid(
        "One or more parameter values were invalid: Null attribute value types must have the value of true",
      );
    case "SS":
      return { SS: distinct(list(content).map(text), "An string set  may not be empty", "SS") };
    case "NS":
      return { NS: distinct(list(content).map(number), "An number set  may not be empty", "NS") };
    case "BS":
      return { BS: distinct(list(content).map(base64), "Binary sets should not be empty", "BS") };
    case "L":
      return { L: list(content).map((each) => admitValue(each, level + 1)) };
    case "M":
      return { M: admitItem(content, level) };
    default:
      return undefined;
  }
}

function text(content: unknown): string {
  if (typeof content === "string") return content;
  if (typeof content === "number") {
    throw unreadable(`${Number.isInteger(content) ? "NUMBER" : "DECIMAL"}_VALUE cannot be converted to String`);
  }
  if (typeof content === "boolean") {
    throw unreadable(`${content ? "TRUE" : "FALSE"}_VALUE cannot be converted to String`);
  }
  throw unreadable("Start of structure or map found where not expected");
}

const number = (content: unknown): string => normalizeNumber(text(content));

function base64(content: unknown): string {
  if (typeof content !== "string") throw unreadable("only base-64-encoded strings are convertible to bytes");
  if (content.length % 4 !== 0) {
    throw unreadable(`Base64 encoded length is expected a multiple of 4 bytes but found: ${content.length}`);
  }
  if (Buffer.from(content, "base64").toString("base64") === content) return content;
  throw unreadable("Invalid last non-pad Base64 character dectected");
}

function list(content: unknown): readonly unknown[] {
  if (Array.isArray(content)) return content;
  throw unreadable(
    typeof content === "object" ? "Start of structure or map found where not expected" : "Unexpected field type",
  );
}

function distinct(members: string[], emptyMessage: string, type: SetType): string[] {
  if (members.length === 0) throw invalid(`One or more parameter values were invalid: ${emptyMessage}`);
  if (new Set(members).size === members.length) return members;
  if (type === "NS") throw invalid("Input collection contains duplicates");
  const shown = `[${members.join(", ")}]`;
  const kind = type === "BS" ? "of type BS " : " ";
  throw invalid(`One or more parameter values were invalid: Input collection ${shown}${kind}contains duplicates.`);
}

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
