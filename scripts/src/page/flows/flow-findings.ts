import type { Flow } from "@ovsc/shared/variant";

/** What no flow of a saga should have, as sentences. */
export function flowFindings({ nodes, edges, rejoins }: Flow): string[] {
  const kindOf = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const sources = nodes.filter(({ kind }) => kind === "source").map(({ id }) => id);
  const reached = reachedFrom(sources, edges);
  return [
    ...edges
      .filter(({ from }) => kindOf.get(from) === "nobody")
      .map(({ heldBy, label }) => `${heldBy} waits for ${label}, and nobody says it`),
    ...edges
      .filter(({ to }) => kindOf.get(to) === "nobody")
      .map(({ from, label }) => `${from} says ${label}, and nobody hears it`),
    ...nodes
      .filter(({ id, kind }) => kind !== "source" && kind !== "nobody" && !reached.has(id))
      .map(({ id }) => `nothing leads to ${id}`),
    ...nodes
      .filter(({ id, kind }) => kind !== "end" && kind !== "nobody" && !edges.some(({ from }) => from === id))
      .map(({ id }) => `nothing follows ${id}`),
    ...cyclesIn(edges.filter(({ from, to }) => !rejoins.includes(from) && !rejoins.includes(to))).map(
      (cycle) => `${cycle.join(" → ")} goes round for ever`,
    ),
  ];
}

type Way = Pick<Flow["edges"][number], "from" | "to">;

function reachedFrom(sources: readonly string[], edges: readonly Way[]): ReadonlySet<string> {
  const reached = new Set(sources);
  // A set hands out what is added while it is walked.
  for (const id of reached) for (const { from, to } of edges) if (from === id) reached.add(to);
  return reached;
}

/** For each node that leads back to itself, the shortest way; each cycle once. */
function cyclesIn(edges: readonly Way[]): string[][] {
  const cycles = new Map<string, string[]>();
  for (const start of new Set(edges.map(({ from }) => from))) {
    const cycle = wayBack(start, edges);
    if (cycle) cycles.set(cycle.slice(1).toSorted().join(), cycle);
  }
  return [...cycles.values()];
}

function wayBack(start: string, edges: readonly Way[]): string[] | undefined {
  const ways = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const { to } of edges.filter(({ from }) => from === way.at(-1))) {
      if (to === start) return [...way, start];
      if (!seen.has(to)) ways.push([...way, to]);
      seen.add(to);
    }
  }
  return undefined;
}
