import { UnknownFeature } from "../../errors.ts";
import { compileFilter } from "./json-path-filter.ts";
import { definiteReader, readAll } from "./json-path-read.ts";
import type { PathStep } from "./json-path-read.ts";
import { nestingLimit } from "./json.ts";

/** A parsed path. A definite path names one node; any other gives the list of the nodes it matches, perhaps none. */
export interface JsonPath {
  readonly steps: readonly PathStep[];
  readonly definite: boolean;
  /** @returns the node, the list of nodes, or `missing` */
  read(root: unknown): unknown;
}

/**
 * Parses the path after its root, for instance `.order.lines[0]` of `$.order.lines[0]`, in the dialect of Jayway
 * JsonPath that Step Functions runs.
 * https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 * @throws UnknownFeature for a syntax the cloud does not know
 */
export function parsePath(text: string, where: string): JsonPath {
  const steps: PathStep[] = [];
  let at = 0;
  const refuse = (): never => {
    throw new UnknownFeature(`the JSONPath syntax "${text.slice(at)}" of "$${text}"`, where);
  };
  while (at < text.length) {
    if (steps.length > nestingLimit) refuse();
    if (text.startsWith("..", at)) {
      steps.push({ kind: "descend" });
      at += text[at + 2] === "[" ? 2 : 1;
    } else if (text[at] === ".") {
      at += 1;
      if (text[at] === "*") {
        steps.push({ kind: "each" });
        at += 1;
        continue;
      }
      const name = /^[^.[\]()\s,?*@'"]+/.exec(text.slice(at))?.[0] ?? refuse();
      if (text[at + name.length] === "(") refuse();
      steps.push({ kind: "member", name });
      at += name.length;
    } else if (text[at] === "[") {
      const end = closingBracket(text, at);
      if (end < 0) refuse();
      steps.push(bracketStep(text.slice(at + 1, end).trim(), where) ?? refuse());
      at = end + 1;
    } else refuse();
  }
  const definite = steps.every(({ kind }) => kind === "member" || kind === "index");
  return { steps, definite, read: definite ? definiteReader(steps) : (root) => readAll(steps, root) };
}

/** The `]` that closes the `[` at `from`, past quoted text and inner brackets; -1 where there is none. */
function closingBracket(text: string, from: number): number {
  let depth = 0;
  let quote = "";
  for (let at = from; at < text.length; at += 1) {
    const char = text[at]!;
    if (quote) {
      if (char === "\\") at += 1;
      else if (char === quote) quote = "";
    } else if (char === "'" || char === '"') quote = char;
    else if (char === "[") depth += 1;
    else if (char === "]" && (depth -= 1) === 0) return at;
  }
  return -1;
}

const quoted = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")$/;
const unquote = (text: string): string | undefined => {
  const match = quoted.exec(text);
  if (!match) return undefined;
  const [, single, double] = match;
  // Recorded: a backslash before a double quote inside single quotes stays.
  return single === undefined ? double!.replace(/\\(.)/g, "$1") : single.replace(/\\([^"])/g, "$1");
};

const bound = (text: string | undefined) => (text === undefined ? undefined : Number(text));

/** The step inside brackets; undefined where it is not one the cloud knows. */
function bracketStep(inner: string, where: string): PathStep | undefined {
  if (inner === "*") return { kind: "each" };
  if (/^-?\d+$/.test(inner)) return { kind: "index", index: Number(inner) };
  const name = unquote(inner);
  if (name !== undefined) return { kind: "member", name };
  const slice = /^(-?\d+)?\s*:\s*(-?\d+)?(?:\s*:\s*(\d+))?$/.exec(inner);
  if (slice) {
    return { kind: "slice", from: bound(slice[1]), to: bound(slice[2]), by: Number(slice[3] ?? 1) || 1 };
  }
  if (inner.startsWith("?(") && inner.endsWith(")")) {
    return { kind: "filter", matches: compileFilter(inner.slice(2, -1), where, parsePath) };
  }
  const parts = inner.split(",").map((part) => part.trim());
  if (parts.every((part) => /^-?\d+$/.test(part))) return { kind: "indexes", indexes: parts.map(Number) };
  const names = parts.map(unquote);
  return names.every((part) => part !== undefined) ? { kind: "members", names } : undefined;
}
