import { AwsError } from "../errors.ts";
import type { Violation } from "./violations.ts";

type Mistyped = Extract<Violation, { kind: "type" }>;
export type Broken = Extract<Violation, { kind: "constraint" }>;

/** How a service says what is wrong with an input. */
export interface Words {
  mistyped(violation: Mistyped): AwsError;
  /** All broken constraints of an operation's input at once. */
  broken(violations: readonly Broken[], operation: string): AwsError;
}

/** Of a value that cannot be read as its member's type, as services on AWS JSON say it. */
export function mistyped({ value, expected }: Mistyped): AwsError {
  return new AwsError("SerializationException", typeMessage(value, expected));
}

function typeMessage(value: unknown, expected: string): string {
  if (Array.isArray(value)) return "Start of list found where not expected";
  if (typeof value === "object" && value !== null) return "Start of structure or map found where not expected.";
  const token = value === null ? "NULL_VALUE" : `${(typeof value).toUpperCase()}_VALUE`;
  return `${token} can not be converted to ${/^[aeiou]/.test(expected) ? "an" : "a"} ${names[expected] ?? expected}`;
}

const names: Readonly<Record<string, string>> = {
  blob: "Blob",
  boolean: "Boolean",
  integer: "Integer",
  list: "List",
  long: "Long",
  map: "Map",
  string: "String",
  structure: "Structure",
  timestamp: "Timestamp",
};

/** Broken constraints as services say them that check their inputs by the model. */
export function broken(violations: readonly Broken[]): AwsError {
  const each = violations.map(({ path, value, constraint }) => {
    const shown = value === null || value === undefined ? "null" : `'${show(value)}'`;
    return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
  });
  return new AwsError("ValidationException", constraintsBroken(each));
}

/** @param each what is wrong, constraint by constraint */
export const constraintsBroken = (each: readonly string[]): string =>
  `${each.length === 1 ? "1 validation error" : `${each.length} validation errors`} detected: ${each.join("; ")}`;

const show = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

export const plainWords: Words = { mistyped, broken };
