import { invalidDefinition } from "../definition/invalid-definition.ts";
import { RuntimeFault } from "../failure.ts";
import { parseIntrinsic } from "./intrinsic-call.ts";
import { explainMissing } from "./json-path-missing.ts";
import { missing } from "./json-path-read.ts";
import { parsePath } from "./json-path.ts";
import type { JsonPath } from "./json-path.ts";
import type { Scope } from "./scope.ts";

/** A JSONPath expression: `$` (the data), `$$` (the context object), `$name` (a variable), or an intrinsic function. */
export interface PathExpression {
  readonly text: string;
  /** True for one node of the data, the only thing a ResultPath may name. */
  readonly reference: JsonPath | undefined;
  /** @returns the value, or `missing` where a path matches nothing */
  readonly read: (root: unknown, scope: Scope) => unknown;
  /** @returns the value; throws RuntimeFault in the words of InputPath and OutputPath where it matches nothing */
  readonly demand: (root: unknown, scope: Scope) => unknown;
  /** @returns the value; throws RuntimeFault in the words of every other field where it matches nothing */
  readonly sample: (root: unknown, scope: Scope, field: string) => unknown;
}

/**
 * @param text for instance `$.order.lines[0]` or `States.Format('{}', $.name)`
 * @param where names the state and field in an error
 * @throws UnknownFeature for syntax or an intrinsic that the cloud does not know
 */
export function compilePath(text: string, where: string): PathExpression {
  if (text.startsWith("States.")) {
    const call = parseIntrinsic(text, where, compilePath);
    return { text, reference: undefined, read: call, demand: call, sample: call };
  }
  const [, root, rest] = /^(\$\$|\$[\p{ID_Start}_][\p{ID_Continue}]*|\$)(.*)$/su.exec(text) ?? [];
  if (root === undefined || rest === undefined) return parsePathFailure(text, where);
  const path = parsePath(rest, where);
  const variable = root.slice(1);
  const read: PathExpression["read"] =
    root === "$"
      ? (data) => path.read(data)
      : root === "$$"
        ? (_, scope) => path.read(scope.context())
        : (_, scope) => (Object.hasOwn(scope.variables, variable) ? path.read(scope.variables[variable]) : missing);
  const source = (data: unknown, scope: Scope) =>
    root === "$" ? data : root === "$$" ? scope.context() : scope.variables[variable];
  return {
    text,
    reference: root === "$" && path.definite ? path : undefined,
    read,
    demand(data, scope) {
      const value = read(data, scope);
      if (value !== missing) return value;
      throw new RuntimeFault(`Invalid path '${text}' : ${explainMissing(path, source(data, scope))}`);
    },
    sample(data, scope, field) {
      const value = read(data, scope);
      if (value !== missing) return value;
      const searched = JSON.stringify(root === "$$" ? scope.context() : data);
      throw new RuntimeFault(
        `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${searched}'`,
      );
    },
  };
}

function parsePathFailure(text: string, where: string): never {
  throw invalidDefinition(
    `The value for the field must be a valid JSONPath or a valid intrinsic function call: ${text}`,
    where,
  );
}
