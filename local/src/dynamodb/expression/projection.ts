import type { AttributeValue, Item } from "../item/attribute-value.ts";
import { attributeOf, setAttribute } from "../item/attribute-value.ts";
import type { Path } from "./path.ts";
import { ExpressionError, Reader } from "./reader.ts";

export interface ParsedProjection {
  readonly paths: readonly Path[];
  readonly placeholders: readonly string[];
}

/**
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html, 2026-11-21
 * @throws ExpressionError
 */
export function parseProjection(text: string): ParsedProjection {
  const reader = new Reader(text);
  const paths: Path[] = [];
  do paths.push(reader.path());
  while (reader.take(","));
  reader.expectEnd();
  const { reserved, placeholders, brokenLimit } = reader;
  if (brokenLimit) throw new ExpressionError(brokenLimit);
  if (reserved) throw new ExpressionError(`Attribute name is a reserved keyword; reserved keyword: ${reserved}`);
  return { paths, placeholders };
}

/** The steps of all paths as a tree; a leaf is `true`. */
export type Selection = ReadonlyMap<string | number, Selection | true>;

/** @param paths resolved, none within another */
export function selectionOf(paths: readonly Path[]): Selection {
  const root = new Map<string | number, Selection | true>();
  for (const path of paths) {
    let node = root;
    for (const step of path.slice(0, -1)) {
      const child = (node.get(step) as typeof root | undefined) ?? (new Map() as typeof root);
      node.set(step, child);
      node = child;
    }
    node.set(path.at(-1)!, true);
  }
  return root;
}

/** The selected attributes an item has; of a list, the selected elements close up in their order. */
export function project(selection: Selection, item: Item): Item {
  const projected: Record<string, AttributeValue> = {};
  for (const [name, below] of selection) {
    const value = attributeOf(item, name as string);
    const kept = value && (below === true ? value : projectValue(below, value));
    if (kept) setAttribute(projected, name as string, kept);
  }
  return projected;
}

function projectValue(selection: Selection, value: AttributeValue): AttributeValue | undefined {
  if ("M" in value) {
    const attributes = project(selection, value.M);
    return Object.keys(attributes).length > 0 ? { M: attributes } : undefined;
  }
  if (!("L" in value)) return undefined;
  const kept: AttributeValue[] = [];
  for (const [index, each] of value.L.entries()) {
    const below = selection.get(index);
    const element = below && (below === true ? each : projectValue(below, each));
    if (element) kept.push(element);
  }
  return kept.length > 0 ? { L: kept } : undefined;
}
