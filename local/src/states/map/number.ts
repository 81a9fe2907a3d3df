import { compileJsonata, expectType, isJsonata } from "../data/jsonata-expression.ts";
import { compilePath } from "../data/path-expression.ts";
import type { Fields, Language } from "../definition/fields.ts";
import type { Thread } from "../execution/thread.ts";
import { RuntimeFault } from "../failure.ts";

/** A number of 0 or more that steers a Map state, perhaps as a promise. */
export type MapNumber = (thread: Thread) => unknown;

/**
 * MaxConcurrency, ToleratedFailureCount or ToleratedFailurePercentage: a constant, a path or a JSONata expression.
 * @returns undefined where the state does not have it
 */
export function compileMapNumber(
  fields: Fields,
  field: string,
  language: Language,
  { type, most = Infinity }: { type: "integer" | "float"; most?: number },
): MapNumber | undefined {
  const check = (value: number): number => {
    if (value >= 0 && value <= most) return value;
    throw new RuntimeFault(
      most === Infinity ? `${field} cannot be negative.` : `${field} must be between 0 and ${most}.`,
    );
  };
  const source = fields.get(field);
  const pathField = `${field}Path`;
  if (language === "JSONata" && isJsonata(source)) {
    const evaluate = compileJsonata(source, field, fields.at(field));
    return async (thread) => {
      const value = await evaluate({ input: thread.input }, thread);
      expectType(value, "number", source, field);
      return check(value as number);
    };
  }
  if (!fields.has(pathField)) {
    const constant = type === "integer" ? fields.integer(field, { least: 0 }) : fields.number(field, { least: 0 });
    if (constant === undefined) return undefined;
    if (constant > most) throw fields.invalid(`Expected value of at most ${most}`, field);
    return () => constant;
  }
  if (source !== undefined) throw fields.invalid(`Only one of '${field}' and '${pathField}' is allowed`, pathField);
  const path = compilePath(fields.requiredText(pathField), fields.at(pathField));
  return (thread) => {
    const value = path.sample(thread.input, thread, pathField);
    // Recorded: the text "1" counts as the number.
    const number =
      typeof value === "number" || (typeof value === "string" && value.trim() !== "") ? Number(value) : NaN;
    if (type === "integer" ? Number.isInteger(number) : Number.isFinite(number)) return check(number);
    const shown = typeof value === "string" ? value : JSON.stringify(value);
    throw new RuntimeFault(
      `The ${pathField} field refers to value "${shown}" which is not a valid ${type}: ${path.text}`,
    );
  };
}
