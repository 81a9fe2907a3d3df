import { constraintsBroken, type Broken, type Words } from "../door/words.ts";
import { invalid, unreadable } from "./failures.ts";

/** How DynamoDB says that a request is not of the JSON types the API declares, or breaks a constraint. */
export const words: Words = {
  mistyped({ value, expected }) {
    if (expected === "integer" || expected === "long") {
      return unreadable(`${typeof value === "string" ? "STRING_VALUE" : "Value"} cannot be converted to Integer`);
    }
    const isStructure = typeof value === "object" && value !== null && expected !== "structure" && expected !== "map";
    return unreadable(isStructure ? "Start of structure or map found where not expected" : "Unexpected field type");
  },
  broken(violations, operation) {
    const firstOfEach = new Map(violations.toReversed().map((violation) => [violation.path, violation]));
    const first = violations.filter((violation) => firstOfEach.get(violation.path) === violation);
    return invalid(constraintsBroken(first.map((violation) => describe(violation, operation))));
  },
};

const requestsOfTable = /^requestItems\.(.+)\.member$/u;

function describe({ path, value, constraint }: Broken, operation: string): string {
  if (operation === "Query" && path === "limit") return `Value at 'Limit' failed to satisfy constraint: ${constraint}`;
  if (operation === "BatchGetItem" && path.endsWith(".member.keys") && Array.isArray(value)) {
    const asDeclared = path.replace(/^r/u, "R").replace(/keys$/u, "Keys");
    return `Value at '${asDeclared}' failed to satisfy constraint: ${constraint}`;
  }
  const table = operation === "BatchWriteItem" ? requestsOfTable.exec(path)?.[1] : undefined;
  if (table !== undefined && Array.isArray(value)) {
    return (
      `Value '{${table}=${show(value)}}' at 'requestItems' failed to satisfy constraint: Map value must satisfy ` +
      "constraint: [Member must have length less than or equal to 25, " +
      "Member must have length greater than or equal to 1]"
    );
  }
  const shown = value === null ? "null" : `'${show(value)}'`;
  return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
}

/** A value as an error shows it. AWS writes a list or map out as Java does; here its elements are named only. */
function show(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(named).join(", ")}]`;
  return typeof value === "object" && value !== null ? named(value) : String(value);
}

const named = (value: unknown): string =>
  typeof value === "object" && value !== null ? `{${Object.keys(value).join(", ")}}` : String(value);
