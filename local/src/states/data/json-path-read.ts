import { RuntimeFault } from "../failure.ts";
import { dataLimitBytes, isObject } from "./json.ts";

/** What a definite path gives where the data lacks it. */
export const missing: unique symbol = Symbol("missing");

/** One step of a path. */
export type PathStep =
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "each" }
  | { readonly kind: "members"; readonly names: readonly string[] }
  | { readonly kind: "indexes"; readonly indexes: readonly number[] }
  | { readonly kind: "slice"; readonly from: number | undefined; readonly to: number | undefined; readonly by: number }
  | { readonly kind: "descend" }
  | { readonly kind: "filter"; readonly matches: (item: unknown, root: unknown) => boolean };

export const has = (value: object, name: string) => Object.hasOwn(value, name);
export const itemAt = (list: readonly unknown[], index: number): unknown => {
  const position = index < 0 ? list.length + index : index;
  return position >= 0 && position < list.length ? list[position] : missing;
};

/** Reads a path that names one node; `missing` where the data lacks it. */
export function definiteReader(steps: readonly PathStep[]): (root: unknown) => unknown {
  const first = steps[0];
  if (first === undefined) return (root) => root;
  if (steps.length === 1 && first.kind === "member") {
    const { name } = first;
    return (root) => (isObject(root) && has(root, name) ? root[name] : missing);
  }
  return (root) => {
    let value = root;
    for (const step of steps) {
      if (step.kind === "member") value = isObject(value) && has(value, step.name) ? value[step.name] : missing;
      else if (step.kind === "index") value = Array.isArray(value) ? itemAt(value, step.index) : missing;
      if (value === missing) return missing;
    }
    return value;
  };
}

/** No result within the limit of 262,144 bytes has more nodes. */
export const nodeLimit = dataLimitBytes / 2;

/**
 * The nodes that a path matches, in the order of the data.
 * @throws RuntimeFault where a step matches more than 131,072 nodes, as `$..*..*` soon does
 */
export function readAll(steps: readonly PathStep[], root: unknown): unknown[] {
  let nodes: unknown[] = [root];
  for (const step of steps) {
    const matched: unknown[] = [];
    for (const node of nodes) {
      for (const found of stepFrom(node, step, root)) {
        if (matched.push(found) > nodeLimit) throw new RuntimeFault(`A path matches more than ${nodeLimit} nodes.`);
      }
    }
    nodes = matched;
  }
  return nodes;
}

function* stepFrom(node: unknown, step: PathStep, root: unknown): Iterable<unknown> {
  switch (step.kind) {
    case "member":
      if (isObject(node) && has(node, step.name)) yield node[step.name];
      return;
    case "members":
      if (isObject(node)) yield* step.names.filter((name) => has(node, name)).map((name) => node[name]);
      return;
    case "index":
      if (Array.isArray(node)) yield* [itemAt(node, step.index)].filter((item) => item !== missing);
      return;
    case "indexes":
      if (Array.isArray(node))
        yield* step.indexes.map((index) => itemAt(node, index)).filter((item) => item !== missing);
      return;
    case "each":
      yield* childrenOf(node);
      return;
    case "slice":
      if (Array.isArray(node)) yield* node.slice(step.from ?? 0, step.to).filter((_, at) => at % step.by === 0);
      return;
    case "filter":
      yield* (Array.isArray(node) ? node : [node]).filter((item) => step.matches(item, root));
      return;
    case "descend":
      yield* descendants(node);
  }
}

const childrenOf = (node: unknown): readonly unknown[] =>
  Array.isArray(node) ? node : isObject(node) ? Object.values(node) : [];

/** A node and all below it, each before what it holds. */
function* descendants(root: unknown): Iterable<unknown> {
  const open = [root];
  while (open.length > 0) {
    const node = open.pop();
    yield node;
    for (const child of childrenOf(node).toReversed()) open.push(child);
  }
}
