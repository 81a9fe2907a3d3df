import type { WildcardParts } from "./wildcard.ts";

const asterisk = Symbol("any characters");
type Step = string | typeof asterisk;

/** The wildcards of one entry as a tree of steps, in which equal beginnings are one. */
class Node {
  readonly step: Step;
  readonly children: Node[] = [];

  constructor(step: Step) {
    this.step = step;
  }

  child(step: Step): Node {
    const known = this.children.find((child) => child.step === step);
    if (known) return known;
    const child = new Node(step);
    this.children.push(child);
    return child;
  }
}

/** Sets of nodes beyond this many only arise from wildcards far past any limit. */
const mostSets = 20_000;

/**
 * At how many nodes of a field's wildcards one value could stand simultaneously, as event-ruler's
 * MachineComplexityEvaluator counts them. AWS refuses patterns by this measure.
 * @param entries the wildcards of each entry of the field's array
 * @returns the count, or `limit` as soon as it is reached
 */
export function wildcardComplexity(entries: readonly (readonly WildcardParts[])[], limit: number): number {
  const numbers = new Map<Node, number>();
  const alphabet = new Set<Step>([asterisk]);
  const start = entries.map((wildcards) => {
    const root = new Node("");
    for (const wildcard of wildcards) plant(root, wildcard, alphabet);
    return new Set([root]);
  });
  const key = (node: Node) => numbers.get(node) ?? (numbers.set(node, numbers.size), numbers.size - 1);
  const seen = new Set<string>();
  const queue = [start];
  let most = 0;
  for (let nodes = queue.pop(); nodes; nodes = queue.pop()) {
    for (const char of alphabet) {
      const next = nodes.map((each) => move(each, char));
      const name = next
        .map((each) =>
          [...each]
            .map(key)
            .toSorted((a, b) => a - b)
            .join(),
        )
        .join(";");
      if (seen.has(name) || next.every((each) => each.size === 0)) continue;
      seen.add(name);
      most = Math.max(
        most,
        next.reduce((sum, each) => sum + count(each), 0),
      );
      if (most >= limit || seen.size > mostSets) return limit;
      queue.push(next);
    }
  }
  return most;
}

function plant(root: Node, parts: WildcardParts, alphabet: Set<Step>): void {
  const steps: Step[] = ['"'];
  for (const [index, part] of parts.entries()) {
    if (index > 0) steps.push(asterisk);
    steps.push(...Array.from(part));
  }
  let node = root;
  for (const step of [...steps, '"']) {
    alphabet.add(step);
    node = node.child(step);
  }
}

/** The nodes reached over `char`, where a star may be taken again or skipped. */
function move(nodes: ReadonlySet<Node>, char: Step): Set<Node> {
  const reached = new Set<Node>();
  for (const node of nodes) {
    if (node.step === asterisk) reached.add(node);
    for (const child of node.children) {
      if (child.step === char) reached.add(child);
      if (child.step !== asterisk) continue;
      reached.add(child);
      for (const grandchild of child.children) if (grandchild.step === char) reached.add(grandchild);
    }
  }
  return reached;
}

/** Nodes, and the stars that may follow them at no cost. */
function count(nodes: ReadonlySet<Node>): number {
  const following = new Set<Node>();
  for (const { children } of nodes) {
    for (const child of children) if (child.step === asterisk && !nodes.has(child)) following.add(child);
  }
  return nodes.size + following.size;
}
