import { invalid, unreadable } from "../failures.ts";
import type { AttributeValue, Item, SetType } from "./attribute-value.ts";
import { setAttribute } from "./attribute-value.ts";
import { normalizeNumber } from "./decimal.ts";

/** Lists and maps may be nested this deep: …/developerguide/Constants.html, 2026-11-21 */
export const deepestLevel = 32;

export const nestedTooDeep = () =>
  invalid(
    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
  );

/**
 * A value from a request, checked, its numbers normalized; the result shares nothing with the input.
 * @throws AwsError ValidationException, or SerializationException for the wrong JSON type
 */
export function admitValue(value: unknown, level = 1): AttributeValue {
  if (value === null || typeof value !== "object") throw unreadable("Unexpected value type in payload");
  if (level > deepestLevel) throw nestedTooDeep();
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
    setAttribute(admitted, name, admitValue((item as Record<string, unknown>)[name], level + 1));
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
