import { UnknownFeature } from "../errors.ts";
import { invalid, unreadable } from "./failures.ts";

/** What the API declares of one request member. */
export interface Member {
  readonly type: "string" | "boolean" | "integer" | "map" | "list";
  readonly required?: true;
  readonly oneOf?: readonly string[];
  readonly pattern?: RegExp;
  /** Of an integer its value, of anything else its length. */
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Some of AWS's checks name a member as it is declared, `Limit` and not `limit`, and do not show its value. */
  readonly named?: "as declared";
}

export type Members = Readonly<Record<string, Member>>;

const capacityModes = ["INDEXES", "TOTAL", "NONE"] as const;
export type CapacityMode = (typeof capacityModes)[number] | undefined;

const tableNamePattern = /^[a-zA-Z0-9_.-]+$/u;
const name = { type: "string", atMost: 255, pattern: tableNamePattern } as const;

/** Members that several operations share. */
export const shared = {
  tableName: { ...name, atLeast: 1, required: true },
  indexName: { ...name, atLeast: 3 },
  capacity: { type: "string", oneOf: capacityModes },
  collectionMetrics: { type: "string", oneOf: ["SIZE", "NONE"] },
  onFailure: { type: "string", oneOf: ["ALL_OLD", "NONE"] },
  string: { type: "string" },
  boolean: { type: "boolean" },
  map: { type: "map" },
  requiredMap: { type: "map", required: true },
} as const satisfies Members;

/**
 * Checks the shape of a request, or of a structure within one.
 * @returns the request without its members that are null, which AWS takes for members left out
 * @param where the operation, for errors about what the cloud does not know
 * @param path of the structure within the request as AWS shows it, for instance `transactItems.1.member.put`
 * @throws AwsError ValidationException that lists every broken constraint; SerializationException for a wrong JSON type
 * @throws UnknownFeature for a member not in `members`, which may be newer than this cloud or an old legacy parameter
 */
export function checkMembers(
  input: Readonly<Record<string, unknown>>,
  members: Members,
  where: string,
  path = "",
): Readonly<Record<string, unknown>> {
  let hasNull = false;
  for (const key in input) {
    if (input[key] === undefined || input[key] === null) hasNull = true;
    else if (!Object.hasOwn(members, key)) throw new UnknownFeature(`parameter ${key}`, `DynamoDB ${where}`);
  }
  let broken: string[] | undefined;
  for (const key in members) {
    const member = members[key]!;
    const value = resourceName(key, input[key]);
    if (value !== undefined && value !== null) checkType(member.type, value);
    const constraint = brokenConstraint(member, value);
    if (!constraint) continue;
    broken ??= [];
    broken.push(
      `Value ${shown(member, value)}at '${at(member, path, key)}' failed to satisfy constraint: ${constraint}`,
    );
  }
  if (!broken) return hasNull ? withoutNull(input) : input;
  const count = broken.length === 1 ? "1 validation error" : `${broken.length} validation errors`;
  throw invalid(`${count} detected: ${broken.join("; ")}`);
}

const withoutNull = (input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined));

function at({ named }: Member, path: string, key: string): string {
  return `${path && `${path}.`}${named ? key : key[0]!.toLowerCase() + key.slice(1)}`;
}

function shown({ named }: Member, value: unknown): string {
  if (named) return "";
  return value === undefined || value === null ? "null " : `'${show(value)}' `;
}

/** A structure within a request. @throws AwsError SerializationException */
export function structure(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw unreadable("Unexpected field type");
  return value as Readonly<Record<string, unknown>>;
}

/** The name in a TableName, which may be the table's ARN. */
export const tableNameOf = (given: string): string => resourceName("TableName", given) as string;

function resourceName(key: string, value: unknown): unknown {
  if (key !== "TableName" || typeof value !== "string" || !value.startsWith("arn:")) return value;
  return /^arn:[^:]+:dynamodb:[^:]+:\d+:table\/(.+)$/u.exec(value)?.[1] ?? value;
}

function checkType(type: Member["type"], value: unknown): void {
  switch (type) {
    case "string":
    case "boolean":
      if (typeof value === type) return;
      throw misplaced(value);
    case "integer":
      if (Number.isInteger(value)) return;
      throw unreadable(`${typeof value === "string" ? "STRING_VALUE" : "Value"} cannot be converted to Integer`);
    case "list":
      if (Array.isArray(value)) return;
      throw misplaced(value);
    case "map":
      structure(value);
  }
}

const misplaced = (value: unknown) =>
  unreadable(
    typeof value === "object" ? "Start of structure or map found where not expected" : "Unexpected field type",
  );

function brokenConstraint(member: Member, value: unknown): string | undefined {
  if (value === undefined || value === null) return member.required && "Member must not be null";
  const { oneOf, pattern, atLeast = 0, atMost = Infinity } = member;
  if (oneOf && !oneOf.includes(value as string)) return `Member must satisfy enum value set: [${oneOf.join(", ")}]`;
  const what = member.type === "integer" ? "value" : "length";
  const size = sizeOf(value);
  if (size < atLeast) return `Member must have ${what} greater than or equal to ${atLeast}`;
  if (size > atMost) return `Member must have ${what} less than or equal to ${atMost}`;
  if (!pattern || pattern.test(value as string)) return undefined;
  return `Member must satisfy regular expression pattern: ${pattern.source.slice(1, -1)}`;
}

function sizeOf(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return 0;
  return typeof value === "string" || Array.isArray(value) ? value.length : Object.keys(value as object).length;
}

/** A value as an error shows it. AWS writes a list or map out as Java does; here its elements are named only. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(named).join(", ")}]`;
  return typeof value === "object" && value !== null ? named(value) : String(value);
}

const named = (value: unknown): string =>
  typeof value === "object" && value !== null ? `{${Object.keys(value).join(", ")}}` : String(value);
