import { invalidDefinition } from "../definition/invalid-definition.ts";
import { isObject, setMember } from "./json.ts";
import { compilePath } from "./path-expression.ts";
import type { Scope } from "./scope.ts";

export type Template = (root: unknown, scope: Scope) => unknown;

/**
 * Compiles a JSONPath payload template (Parameters, ResultSelector, ItemSelector, Assign): members whose names end in
 * `.$` are expressions, everything else is as it stands.
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html
 */
export function compileTemplate(template: unknown, where: string): Template {
  return dynamic(template) ? compileDynamic(template, where) : () => template;
}

/** Whether any member below is an expression. */
function dynamic(template: unknown): boolean {
  if (Array.isArray(template)) return template.some(dynamic);
  return isObject(template) && Object.entries(template).some(([key, value]) => key.endsWith(".$") || dynamic(value));
}

function compileDynamic(template: unknown, where: string): Template {
  if (Array.isArray(template)) {
    const items = template.map((item) => compileTemplate(item, where));
    return (root, scope) => items.map((item) => item(root, scope));
  }
  const keys: string[] = [];
  const values: Template[] = [];
  for (const [key, value] of Object.entries(template as Readonly<Record<string, unknown>>)) {
    const expression = key.endsWith(".$");
    keys.push(expression ? key.slice(0, -2) : key);
    values.push(expression ? compileMember(key, value, `${where}.${key}`) : compileTemplate(value, `${where}.${key}`));
  }
  return (root, scope) => {
    const object: Record<string, unknown> = {};
    for (let at = 0; at < keys.length; at += 1) setMember(object, keys[at]!, values[at]!(root, scope));
    return object;
  };
}

function compileMember(key: string, value: unknown, where: string): Template {
  if (typeof value !== "string") {
    throw invalidDefinition(
      `The value for the field '${key}' must be a valid JSONPath or a valid intrinsic function call`,
      where,
    );
  }
  const { sample } = compilePath(value, where);
  return (root, scope) => sample(root, scope, key);
}
