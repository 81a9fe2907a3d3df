import { compileJsonata, expectType, isJsonata, specified } from "../data/jsonata-expression.ts";
import { compilePath } from "../data/path-expression.ts";
import type { Thread } from "../execution/thread.ts";
import { EvaluationFault, RuntimeFault } from "../failure.ts";
import type { Fields, Language } from "./fields.ts";

/** Whole seconds, perhaps as a promise. */
export type Seconds = (thread: Thread) => unknown;

/**
 * A duration given as a constant, by a path (`<field>Path`) or by a JSONata expression.
 * @returns undefined where the state has none
 */
export function compileSeconds(fields: Fields, field: string, language: Language): Seconds | undefined {
  const source = fields.get(field);
  const pathField = `${field}Path`;
  if (language === "JSONata" && isJsonata(source)) {
    const evaluate = compileJsonata(source, field, fields.at(field));
    return async (thread) => {
      const value = await evaluate({ input: thread.input }, thread);
      expectType(value, "number", source, field);
      if (isWholeSeconds(value)) return value;
      throw new EvaluationFault(
        `${specified(source, field)} did not return a positive integer: ${JSON.stringify(value)}`,
        field,
      );
    };
  }
  if (fields.has(pathField)) {
    if (fields.has(field)) throw fields.invalid(`Only one of '${field}' and '${pathField}' is allowed`, pathField);
    const path = compilePath(fields.requiredText(pathField), fields.at(pathField));
    return (thread) => {
      const value = path.demand(thread.input, thread);
      if (isWholeSeconds(value)) return value;
      throw new RuntimeFault(
        `The ${pathField} parameter cannot be parsed as a long value: ${path.text} == ${JSON.stringify(value)}`,
      );
    };
  }
  const seconds = fields.integer(field, { least: 1, most: mostSeconds });
  return seconds === undefined ? undefined : () => seconds;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html (2026-11-21) */
const mostSeconds = 99_999_999;

const isWholeSeconds = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) > 0 && (value as number) <= mostSeconds;
