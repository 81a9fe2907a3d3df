import { UnknownFeature } from "../../errors.ts";
import { missing } from "./json-path-read.ts";
import { sameJson } from "./json.ts";

type Operand = (item: unknown, root: unknown) => unknown;
type Test = (item: unknown, root: unknown) => boolean;
/** Reads a path below its root, as `parsePath` does. */
type ParsePath = (text: string, where: string) => { readonly read: (root: unknown) => unknown };

const shapes = [
  /==|!=|<=|>=|<|>|&&|\|\||!|\(|\)/,
  /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/,
  /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/,
  /(?:true|false|null)\b/,
  /[@$](?:\.[\w-]+|\[(?:-?\d+|'[^']*'|"[^"]*")\])*/,
];
const token = new RegExp(`\\s*(?:${shapes.map(({ source }) => source).join("|")})`, "y");

/**
 * Compiles what stands in `[?( )]`: comparisons of paths and literals, joined by `&&`, `||`, `!` and parentheses.
 * @throws UnknownFeature for anything else, such as `=~` or `in`
 */
export function compileFilter(text: string, where: string, parsePath: ParsePath): Test {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const start = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new UnknownFeature(`the JSONPath filter "${text.slice(start).trim()}"`, where);
    tokens.push(match[0].trim());
  }
  let at = 0;
  let depth = 0;
  const refuse = (): never => {
    throw new UnknownFeature(`the JSONPath filter "${text}"`, where);
  };
  const any = (): Test => {
    const tests = [every()];
    while (tokens[at] === "||" && (at += 1)) tests.push(every());
    return (item, root) => tests.some((test) => test(item, root));
  };
  const every = (): Test => {
    const tests = [one()];
    while (tokens[at] === "&&" && (at += 1)) tests.push(one());
    return (item, root) => tests.every((test) => test(item, root));
  };
  const one = (): Test => {
    if (depth > 100) refuse();
    depth += 1;
    const test = primary();
    depth -= 1;
    return test;
  };
  const primary = (): Test => {
    if (tokens[at] === "!") {
      at += 1;
      const test = one();
      return (item, root) => !test(item, root);
    }
    if (tokens[at] === "(") {
      at += 1;
      const test = any();
      if (tokens[at] !== ")") refuse();
      at += 1;
      return test;
    }
    const left = operand(tokens[at] ?? refuse(), where, parsePath) ?? refuse();
    at += 1;
    const compare = comparisons[tokens[at] ?? ""];
    if (!compare) return (item, root) => left(item, root) !== missing;
    const right = operand(tokens[at + 1] ?? refuse(), where, parsePath) ?? refuse();
    at += 2;
    return (item, root) => compare(left(item, root), right(item, root));
  };
  const test = any();
  return at === tokens.length ? test : refuse();
}

function operand(text: string, where: string, parsePath: ParsePath): Operand | undefined {
  if (text.startsWith("@") || text.startsWith("$")) {
    const path = parsePath(text.slice(1), where);
    return text.startsWith("@") ? (item) => path.read(item) : (_, root) => path.read(root);
  }
  if (/^['"]/.test(text)) {
    const literal = text.slice(1, -1).replace(/\\(.)/g, "$1");
    return () => literal;
  }
  if (/^(?:-?\d|true$|false$|null$)/.test(text)) {
    const literal: unknown = JSON.parse(text);
    return () => literal;
  }
  return undefined;
}

const ordered = (left: unknown, right: unknown) =>
  (typeof left === "number" && typeof right === "number") || (typeof left === "string" && typeof right === "string");

const comparisons: Readonly<Record<string, ((left: unknown, right: unknown) => boolean) | undefined>> = {
  "==": (left, right) => left !== missing && sameJson(left, right),
  "!=": (left, right) => !sameJson(left, right),
  "<": (left, right) => ordered(left, right) && (left as number) < (right as number),
  "<=": (left, right) => ordered(left, right) && (left as number) <= (right as number),
  ">": (left, right) => ordered(left, right) && (left as number) > (right as number),
  ">=": (left, right) => ordered(left, right) && (left as number) >= (right as number),
};
