import { isLeftToService, isObject } from "./fits.ts";
import type { Model } from "./model.ts";

/**
 * An input without the members that are null, which AWS takes for absent. As deep as its shape goes; an element of a
 * list and a value of a map stay what they are.
 */
export function present(model: Model, shapeName: string, value: unknown): unknown {
  const shape = model.shapes[shapeName];
  if (!shape || isLeftToService(shapeName)) return value;
  const { members = {} } = shape;
  if (shape.type === "list" && Array.isArray(value)) {
    return value.map((element: unknown) => present(model, shape.member!, element));
  }
  if (!isObject(value)) return value;
  if (shape.type === "map") return mapped(value, (_, element) => present(model, shape.value!, element));
  return mapped(value, (name, member) => {
    if (member === null) return undefined;
    return Object.hasOwn(members, name) ? present(model, members[name]!, member) : member;
  });
}

/** The same object where nothing changes, since a symbol on it may say where it comes from. */
function mapped(value: Readonly<Record<string, unknown>>, change: (name: string, member: unknown) => unknown): unknown {
  const entries = Object.entries(value).map(([name, member]) => [name, change(name, member)] as const);
  if (entries.every(([name, member]) => member === value[name])) return value;
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}
