import { invalid } from "./intrinsics.ts";

/**
 * Orders nodes so that each comes after what it depends on, and otherwise as they were given.
 * @throws AwsError ValidationError naming the circle, where there is one
 */
export function dependencyOrder<Node>(
  nodes: Iterable<Node>,
  dependencies: (node: Node) => Iterable<Node>,
  name: (node: Node) => string,
): Node[] {
  const ordered = new Set<Node>();
  const path: Node[] = [];
  const visit = (node: Node): void => {
    if (ordered.has(node)) return;
    const start = path.indexOf(node);
    if (start >= 0) {
      throw invalid(`circular dependency between resources: ${[...path.slice(start), node].map(name).join(" -> ")}`);
    }
    path.push(node);
    for (const dependency of dependencies(node)) visit(dependency);
    path.pop();
    ordered.add(node);
  };
  for (const node of nodes) visit(node);
  return [...ordered];
}
