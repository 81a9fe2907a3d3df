import { createHash } from "node:crypto";
import { mulberry32 } from "../../choices.ts";
import { isObject, parseJson, sameJson } from "./json.ts";
import type { Scope } from "./scope.ts";

type Intrinsic = (values: readonly unknown[], scope: Scope) => unknown;

/** How many steps chance is cut into where no seed is given. */
const fractions = 1_048_576;

/** A number in [0, 1): drawn from the seed, or from the run's choices. */
export const randomFraction = (scope: Scope, seed: number | undefined, what: string): number =>
  seed === undefined ? scope.host.choices.choose(fractions, what) / fractions : mulberry32(seed)();

/**
 * The intrinsic functions of the Amazon States Language. A RangeError says why a call has no value.
 * A seeded `States.MathRandom` gives the same number for the same seed, though not the number that AWS gives.
 * https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export const intrinsics: Readonly<Record<string, Intrinsic | undefined>> = {
  "States.Array": (values) => [...values],
  "States.ArrayPartition": (values) => {
    const [list, size] = [listAt(values, 0), integerAt(values, 1)];
    if (size <= 0) throw new RangeError("The chunk size must be a positive integer");
    return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
  },
  "States.ArrayContains": (values) => listAt(values, 0).some((item) => sameJson(item, values[1])),
  "States.ArrayRange": (values) => {
    const [from, to, by] = [integerAt(values, 0), integerAt(values, 1), integerAt(values, 2)];
    if (by === 0) throw new RangeError("The step must not be 0");
    const length = Math.max(0, Math.floor((to - from) / by) + 1);
    if (length > 1000) throw new RangeError("The resulting array must not contain more than 1000 items");
    return Array.from({ length }, (_, at) => from + at * by);
  },
  "States.ArrayGetItem": (values) => {
    const [list, index] = [listAt(values, 0), integerAt(values, 1)];
    if (index < 0 || index >= list.length) throw new RangeError(`The index ${index} is out of bounds`);
    return list[index];
  },
  "States.ArrayLength": (values) => listAt(values, 0).length,
  "States.ArrayUnique": (values) => {
    const unique: unknown[] = [];
    for (const item of listAt(values, 0)) if (!unique.some((seen) => sameJson(seen, item))) unique.push(item);
    return unique;
  },
  "States.Base64Encode": (values) => Buffer.from(shortTextAt(values, 0)).toString("base64"),
  "States.Base64Decode": (values) => Buffer.from(shortTextAt(values, 0), "base64").toString(),
  "States.Hash": (values) => hash(values[0], textAt(values, 1)),
  "States.JsonMerge": (values) => {
    if (!isObject(values[0]) || !isObject(values[1])) throw new RangeError("The first two arguments must be objects");
    if (values[2] !== false) throw new RangeError("Deep merging is not supported: the third argument must be false");
    return { ...values[0], ...values[1] };
  },
  "States.StringToJson": (values) => stringToJson(textAt(values, 0)),
  "States.JsonToString": (values) => JSON.stringify(values[0]),
  "States.MathRandom": (values, scope) => {
    const [from, to] = [integerAt(values, 0), integerAt(values, 1)];
    if (to < from) throw new RangeError("The end of the range must not be less than its start");
    const seed = values.length > 2 ? integerAt(values, 2) : undefined;
    return from + Math.floor(randomFraction(scope, seed, "States.MathRandom") * (to - from));
  },
  // Recorded: each operand is rounded half up by itself, so that 1.49 + 1.5 is 3.
  "States.MathAdd": (values) => Math.round(numberAt(values, 0)) + Math.round(numberAt(values, 1)),
  "States.StringSplit": (values) => {
    const delimiters = new Set(textAt(values, 1));
    const parts = [""];
    for (const char of textAt(values, 0)) {
      if (delimiters.has(char)) parts.push("");
      else parts[parts.length - 1] += char;
    }
    // Recorded: any character of the second argument separates, and empty parts are dropped.
    return parts.filter((part) => part !== "");
  },
  "States.UUID": (_, scope) => scope.host.uuid(),
  "States.Format": (values) => format(textAt(values, 0), values.slice(1)),
};

const algorithms: Readonly<Record<string, string | undefined>> = {
  MD5: "md5",
  "SHA-1": "sha1",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

/** @throws RangeError for an algorithm other than MD5, SHA-1, SHA-256, SHA-384 and SHA-512 */
export function hash(value: unknown, algorithm: string): string {
  const name = Object.hasOwn(algorithms, algorithm) ? algorithms[algorithm] : undefined;
  if (name === undefined) throw new RangeError(`Invalid hash algorithm: ${algorithm}`);
  return createHash(name)
    .update(typeof value === "string" ? value : JSON.stringify(value))
    .digest("hex");
}

function format(template: string, values: readonly unknown[]): string {
  let used = 0;
  const text = template.replace(/\\([{}])|\{\}/g, (_, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    if (used >= values.length) throw new RangeError("The number of arguments does not match the occurrences of {}");
    return javaText(values[used++]);
  });
  if (used < values.length) throw new RangeError("The number of arguments does not match the occurrences of {}");
  return text;
}

/** A value as Java prints it: recorded, `{}` gives `{Arg1=1, Arg2=[]}` for an object. */
function javaText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(", ")}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}=${javaText(item)}`)
    .join(", ")}}`;
}

/** Recorded: text of nothing but blanks is null. */
function stringToJson(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return parseJson(text);
  } catch {
    throw new RangeError(`Invalid JSON: ${text}`);
  }
}

const ordinal = (at: number) => `Argument ${at + 1}`;

function listAt(values: readonly unknown[], at: number): readonly unknown[] {
  const value = values[at];
  if (!Array.isArray(value)) throw new RangeError(`${ordinal(at)} must be an array`);
  return value;
}

function textAt(values: readonly unknown[], at: number): string {
  const value = values[at];
  if (typeof value !== "string") throw new RangeError(`${ordinal(at)} must be a string`);
  return value;
}

function shortTextAt(values: readonly unknown[], at: number): string {
  const text = textAt(values, at);
  if (text.length > 10_000) throw new RangeError(`${ordinal(at)} must not exceed 10000 characters`);
  return text;
}

function numberAt(values: readonly unknown[], at: number): number {
  const value = values[at];
  if (typeof value !== "number") throw new RangeError(`${ordinal(at)} must be a number`);
  return value;
}

const integerAt = (values: readonly unknown[], at: number): number => Math.round(numberAt(values, at));
