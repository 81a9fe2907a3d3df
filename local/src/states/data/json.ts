/** A JSON object; data is never changed in place, so a value may be shared by any number of states. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The most levels of arrays and objects in one another. AWS publishes none; 1,000 is the default of Jackson, a JSON
 * library of Java. Every recursion over data is bounded by it.
 */
export const nestingLimit = 1000;

/** Whether arrays and objects stand in one another deeper than the limit; walks without recursion. */
export function nestsTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === nestingLimit) return true;
    const below: unknown[] = [];
    for (const item of level) {
      if (typeof item !== "object" || item === null) continue;
      for (const member of Array.isArray(item) ? item : Object.values(item)) {
        if (typeof member === "object" && member !== null) below.push(member);
      }
    }
    level = below;
  }
  return false;
}

/**
 * Parses JSON from outside.
 * @throws SyntaxError for what is not JSON, and for JSON that is nested deeper than 1,000 levels
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // Each level takes two characters.
  if (text.length > 2 * nestingLimit && nestsTooDeep(value)) {
    throw new SyntaxError(`Document nesting depth exceeds the maximum allowed (${nestingLimit})`);
  }
  return value;
}

/** Sets a member of an object under construction; `__proto__` is a name as any other. */
export function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  } else object[name] = value;
}

/** The most bytes of UTF-8 that a state, task or execution may take or give. */
export const dataLimitBytes = 262_144;

/**
 * Whether `value` as JSON is larger than the limit of 262,144 bytes of UTF-8, or nested deeper than 1,000 levels.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export function exceedsDataLimit(value: unknown): boolean {
  // A bound comes first, which costs no allocation: each UTF-16 unit takes at most 6 bytes ("\u0001") as JSON.
  return !fits(value, (text) => 2 + text.length * 6) && !fits(value, (text) => Buffer.byteLength(JSON.stringify(text)));
}

/** Whether `value` as JSON takes at most the limit; stops where it does not, since data may hold a part many times. */
const fits = (value: unknown, textBytes: (text: string) => number): boolean =>
  remaining(value, dataLimitBytes, nestingLimit, textBytes) >= 0;

/** What remains of `budget` after the bytes of `value`; below zero where it, or the number of `levels`, is exceeded. */
function remaining(value: unknown, budget: number, levels: number, textBytes: (text: string) => number): number {
  if (typeof value === "string") return budget - textBytes(value);
  if (typeof value !== "object" || value === null) return budget - String(value).length;
  if (levels === 0) return -1;
  // The brackets, and a comma for each member but the first.
  let rest = budget - 1;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && rest >= 0; at += 1) {
      rest = remaining(value[at], rest - 1, levels - 1, textBytes);
    }
    return value.length === 0 ? rest - 1 : rest;
  }
  let first = true;
  for (const key in value) {
    if (rest < 0) return rest;
    rest = remaining((value as JsonObject)[key], rest - 2 - textBytes(key), levels - 1, textBytes);
    first = false;
  }
  return first ? rest - 1 : rest;
}

/** Equality of JSON values, objects regardless of the order of their members. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length === right.length && left.every((item, at) => sameJson(item, right[at]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]))
  );
}

/** A JSON type by its name in AWS's messages. */
export function jsonType(value: unknown): "array" | "boolean" | "null" | "number" | "object" | "string" {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "boolean" || type === "number" || type === "string" ? type : "object";
}
