/** A JSON object; data is never changed in place, so a value may be shared by any number of states. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The most bytes of UTF-8 that a state, task or execution may take or give. */
export const dataLimitBytes = 262_144;

/**
 * Whether `value` as JSON is larger than the limit of 262,144 bytes of UTF-8.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export function exceedsDataLimit(value: unknown): boolean {
  // A first bound costs no allocation: each UTF-16 unit takes at most 6 bytes ("\u0001") as JSON.
  return atMost(value, dataLimitBytes) < 0 && Buffer.byteLength(JSON.stringify(value)) > dataLimitBytes;
}

/** What remains of `budget` after an upper bound of the bytes of `value`; below zero when the bound exceeds it. */
function atMost(value: unknown, budget: number): number {
  if (typeof value === "string") return budget - 2 - value.length * 6;
  if (typeof value !== "object" || value === null) return budget - 24;
  let rest = budget - 2;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length && rest >= 0; index += 1) rest = atMost(value[index], rest - 1);
    return rest;
  }
  for (const key in value) {
    if (rest < 0) return rest;
    rest = atMost((value as JsonObject)[key], rest - 4 - key.length * 6);
  }
  return rest;
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
    keys.length === Object.keys(right).length && keys.every((key) => key in right && sameJson(left[key], right[key]))
  );
}

/** A JSON type by its name in AWS's messages. */
export function jsonType(value: unknown): "array" | "boolean" | "null" | "number" | "object" | "string" {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "boolean" || type === "number" || type === "string" ? type : "object";
}
