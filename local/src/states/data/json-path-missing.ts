import { has, itemAt, missing } from "./json-path-read.ts";
import type { JsonPath } from "./json-path.ts";
import { isObject } from "./json.ts";

/**
 * AWS's words for why a definite path matches nothing in `root`.
 * @returns for instance `Missing property in path $['order']`
 */
export function explainMissing({ steps }: JsonPath, root: unknown): string {
  let value = root;
  let walked = "$";
  for (const [at, step] of steps.entries()) {
    const last = at === steps.length - 1;
    if (step.kind === "index") {
      walked += `[${step.index}]`;
      if (!Array.isArray(value))
        return `Filter: [${step.index}] can only be applied to arrays. Current context is: ${JSON.stringify(value)}`;
      value = itemAt(value, step.index);
      if (value === missing)
        return last ? `Index out of bounds when evaluating path ${walked}` : `Missing property in path ${walked}`;
    } else if (step.kind === "member") {
      if (!isObject(value)) {
        return (
          `Expected to find an object with property ['${step.name}'] in path ${walked} ` +
          `but found '${javaTypeOf(value)}'. This is not a json object according to the JsonProvider: ` +
          `'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.`
        );
      }
      walked += `['${step.name}']`;
      if (!has(value, step.name)) return last ? `No results for path: ${walked}` : `Missing property in path ${walked}`;
      value = value[step.name];
    }
  }
  return `No results for path: ${walked}`;
}

function javaTypeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "com.fasterxml.jackson.databind.node.ArrayNode";
  if (typeof value === "string") return "com.fasterxml.jackson.databind.node.TextNode";
  if (typeof value === "boolean") return "com.fasterxml.jackson.databind.node.BooleanNode";
  return `com.fasterxml.jackson.databind.node.${Number.isInteger(value) ? "IntNode" : "DoubleNode"}`;
}
