import { compileJsonata, expectType, isJsonata } from "../data/jsonata-expression.ts";
import { compilePath } from "../data/path-expression.ts";
import { compileTemplate } from "../data/payload-template.ts";
import type { Fields, Language } from "../definition/fields.ts";
import type { Thread } from "../execution/thread.ts";
import { EvaluationFault, RuntimeFault } from "../failure.ts";

/** The list a Map state works on, perhaps as a promise. */
export type Items = (input: unknown, thread: Thread) => unknown;

export function compileItems(fields: Fields, language: Language): Items {
  if (language === "JSONata") return compileJsonataItems(fields);
  const path = fields.has("ItemsPath")
    ? compilePath(fields.requiredText("ItemsPath"), fields.at("ItemsPath"))
    : undefined;
  return (input, thread) => {
    const list = path ? path.demand(input, thread) : input;
    if (Array.isArray(list)) return list;
    throw new RuntimeFault(`Reference path "${path?.text ?? "$"}" must point to array.`);
  };
}

function compileJsonataItems(fields: Fields): Items {
  const source = fields.get("Items");
  if (source === undefined) {
    return (input) => {
      if (Array.isArray(input)) return input;
      throw new EvaluationFault(`Map state input must be an array but was: ${JSON.stringify(input)}`, undefined);
    };
  }
  if (!isJsonata(source) && !Array.isArray(source))
    throw fields.invalid("Expected an array or a JSONata expression", "Items");
  const evaluate = compileJsonata(source, "Items", fields.at("Items"));
  if (Array.isArray(source)) return (input, thread) => evaluate({ input }, thread);
  return async (input, thread) => {
    const list = await evaluate({ input }, thread);
    expectType(list, "array", source, "Items");
    return list;
  };
}

/** The input of one iteration, perhaps as a promise; `scope` holds the item as `$$.Map.Item`. */
export type ItemSelector = (input: unknown, scope: Thread) => unknown;

/** @returns undefined where an item is its iteration's input as it stands */
export function compileItemSelector(fields: Fields, language: Language): ItemSelector | undefined {
  const name = fields.has("ItemSelector") ? "ItemSelector" : "Parameters";
  if (!fields.has(name)) return undefined;
  if (language === "JSONPath") return compileTemplate(fields.get(name), fields.at(name));
  const evaluate = compileJsonata(fields.get(name), name, fields.at(name));
  return (input, scope) => evaluate({ input }, scope);
}
