import type { AttributeValue, Item } from "../item/attribute-value.ts";
import { attributeOf } from "../item/attribute-value.ts";

/** A document path: attribute names, `#placeholders` and list indexes. */
export type Path = readonly (string | number)[];

/** What an expression's placeholders stand for in one request. */
export interface Bindings {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

/** The attribute name a step stands for; a name written out cannot begin with `#`. */
export const nameOf = (step: string, { names }: Bindings): string =>
  step.charCodeAt(0) === 0x23 /* # */ ? names[step]! : step;

/** The path with its placeholders replaced. */
export const resolvePath = (path: Path, bindings: Bindings): Path =>
  path.map((step) => (typeof step === "number" ? step : nameOf(step, bindings)));

/** The value at a path, or undefined where nothing is. */
export function valueAt(path: Path, item: Item, bindings: Bindings): AttributeValue | undefined {
  let value: AttributeValue | undefined = attributeOf(item, nameOf(path[0] as string, bindings));
  for (let index = 1; value !== undefined && index < path.length; index += 1) {
    const step = path[index]!;
    if (typeof step === "number") value = "L" in value ? value.L[step] : undefined;
    else value = "M" in value ? attributeOf(value.M, nameOf(step, bindings)) : undefined;
  }
  return value;
}

/** As AWS shows a path in an error: `[a, b, [0]]`. */
export const showPath = (path: Path): string =>
  `[${path.map((step) => (typeof step === "number" ? `[${step}]` : step)).join(", ")}]`;

/**
 * What is wrong with two resolved paths used side by side, if anything: one contains the other, or they take the same
 * attribute for a list and for a map.
 */
export function pathClash(one: Path, two: Path): string | undefined {
  for (let index = 0; index < one.length && index < two.length; index += 1) {
    if (typeof one[index] !== typeof two[index]) return clash("conflict", one, two);
    if (one[index] !== two[index]) return undefined;
  }
  return clash("overlap", one, two);
}

const clash = (how: "conflict" | "overlap", one: Path, two: Path): string =>
  `Two document paths ${how} with each other; must remove or rewrite one of these paths; ` +
  `path one: ${showPath(one)}, path two: ${showPath(two)}`;

/** The first clash among resolved paths. */
export function firstClash(paths: readonly Path[]): string | undefined {
  for (let later = 1; later < paths.length; later += 1) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      const found = pathClash(paths[earlier]!, paths[later]!);
      if (found) return found;
    }
  }
  return undefined;
}
