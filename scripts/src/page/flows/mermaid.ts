import { steps } from "@ovsc/shared";
import type { Flow, FlowEdge, FlowNode } from "@ovsc/shared/variant";

/** A flow as a Mermaid flowchart: solid for a call, dashed for a failure, with the event or the error on the line. */
export function mermaid({ nodes, edges }: Flow): string {
  // What several lead to alike is one line, since as many arrows would hide the rest.
  const lines = Map.groupBy(edges, (edge) => `${arrow(edge)} ${edge.to}${edge.label === undefined ? edge.from : ""}`);
  return [
    "flowchart TD",
    ...nodes.flatMap(shape),
    ...lines
      .values()
      .map((alike) => `  ${alike.map(({ from }) => from).join(" & ")} ${arrow(alike[0]!)} ${alike[0]!.to}`),
  ].join("\n");
}

function arrow({ kind, label }: FlowEdge): string {
  if (kind === "failure") return `-. "${label}" .->`;
  return label === undefined ? "-->" : `-- ${label} -->`;
}

/** How a node looks where it is not a plain box with its name. */
function shape({ id, kind, label = id }: FlowNode): string[] {
  if (kind === "choice") return [`  ${id}{${label}}`];
  if (kind !== "step") return [`  ${id}(["${label}"])`];
  const undoes = Object.values(steps).find(({ name }) => name === id)?.undoes ?? [];
  return undoes.length > 0 ? [`  ${id}["${id}<br/>undoes ${undoes.join(", ")}"]`] : [];
}
