import jsonata from "jsonata";
import { UnknownFeature } from "../../errors.ts";
import { invalidDefinition } from "../definition/invalid-definition.ts";
import { EvaluationFault } from "../failure.ts";
import { isObject, jsonType, nestingLimit, setMember } from "./json.ts";
import type { JsonObject } from "./json.ts";
import { Effort, effortVariable, enter, guardRails, isFunction, leave } from "./jsonata-effort.ts";
import { jsonataFunctions } from "./jsonata-functions.ts";
import { checkRegexes } from "./linear-regex.ts";
import type { Scope } from "./scope.ts";

/** The reserved variable `$states`, without the context object. */
export interface StatesVariable {
  readonly input: unknown;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
}

/** A field in JSONata: at once where it is constant, by a promise where an expression has to be evaluated. */
export type JsonataField = (states: StatesVariable, scope: Scope) => unknown;

const delimited = /^\{%([\s\S]*)%\}$/;

/** Whether a string is an expression: it starts with `{%` and ends with `%}`. */
export const isJsonata = (value: unknown): value is string => typeof value === "string" && delimited.test(value);

/**
 * Compiles a value whose strings of the form `{% … %}`, at any depth, are JSONata.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 * @param field names the value in AWS's errors, for instance `Arguments`
 * @throws AwsError InvalidDefinition for an expression that does not parse
 */
export function compileJsonata(value: unknown, field: string, where: string): JsonataField {
  if (isJsonata(value)) return compileExpression(delimited.exec(value)![1]!.trim(), field, where);
  if (Array.isArray(value)) {
    const items = value.map((item, at) => compileJsonata(item, `${field}[${at}]`, where));
    return value.some(hasExpression)
      ? async (states, scope) => {
          const result: unknown[] = [];
          for (const item of items) result.push(await item(states, scope));
          return result;
        }
      : () => value;
  }
  if (!isObject(value) || !hasExpression(value)) return () => value;
  const members = Object.entries(value).map(
    ([key, item]) => [key, compileJsonata(item, `${field}/${key}`, where)] as const,
  );
  return async (states, scope) => {
    const result: Record<string, unknown> = {};
    for (const [key, member] of members) setMember(result, key, await member(states, scope));
    return result;
  };
}

const hasExpression = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(hasExpression)
    : isObject(value)
      ? Object.values(value).some(hasExpression)
      : isJsonata(value);

/** How AWS's messages begin: with the expression that is at fault, without its delimiters, and its field. */
export function specified(source: unknown, field: string): string {
  const text = isJsonata(source) ? delimited.exec(source)![1]!.trim() : source;
  const shown = typeof text === "string" ? text : JSON.stringify(text);
  return `The JSONata expression '${shown}' specified for the field '${field}'`;
}

function compileExpression(text: string, field: string, where: string): JsonataField {
  if (/\$eval\b/.test(text)) throw new UnknownFeature("the JSONata function $eval", where);
  const expression = parse(text, where);
  checkRegexes(expression.ast(), where);
  const shown = specified(text, field);
  return async (states, scope) => {
    const effort = new Effort();
    const bindings: JsonObject = {
      ...jsonataFunctions(scope),
      ...scope.variables,
      states: { ...states, context: scope.context() },
      [effortVariable]: effort,
    };
    let value: unknown;
    try {
      value = await expression.evaluate(undefined, bindings);
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      throw new EvaluationFault(
        `${shown} threw an error during evaluation. ${code ? `${code}: ` : ""}${message}`,
        field,
      );
    } finally {
      scope.spend(10 + effort.sum / 5);
    }
    if (value === undefined) {
      throw new EvaluationFault(`${shown} returned nothing (undefined).`, field);
    }
    return toJson(value, 0, (why) => {
      throw new EvaluationFault(`${shown} returned ${why}.`, field);
    });
  };
}

/** JSONata's own guard rails: https://docs.jsonata.org/embedding-extending (2026-11-21) */
function parse(text: string, where: string): jsonata.Expression {
  try {
    const expression = jsonata(text, guardRails);
    // The hooks are named by symbols, which the types leave out.
    expression.assign(Symbol.for("jsonata.__evaluate_entry") as unknown as string, enter);
    expression.assign(Symbol.for("jsonata.__evaluate_exit") as unknown as string, leave);
    return expression;
  } catch (error) {
    throw invalidDefinition(`Invalid JSONata expression '${text}': ${(error as Error).message}`, where);
  }
}

/** A copy as plain JSON, without the marks by which JSONata tells sequences from arrays. */
function toJson(value: unknown, level: number, refuse: (why: string) => never): unknown {
  if (typeof value === "function" || isFunction(value)) return refuse("an unsupported result type");
  if (typeof value !== "object" || value === null) return value;
  if (level === nestingLimit) return refuse(`a value nested deeper than ${nestingLimit} levels`);
  if (Array.isArray(value)) return value.map((item) => toJson(item, level + 1, refuse));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item, level + 1, refuse)]));
}

/**
 * Checks the type of a field's value.
 * @param source the field as it stands in the definition
 * @throws EvaluationFault in AWS's words
 */
export function expectType(value: unknown, expected: string, source: unknown, field: string): void {
  const actual = jsonType(value);
  if (actual === expected) return;
  throw new EvaluationFault(
    `${specified(source, field)} returned an unexpected result type. ` +
      `Expected '${expected}', but was '${actual}' for value: ${JSON.stringify(value)}`,
    field,
  );
}
