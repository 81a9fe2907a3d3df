import { flow as orchestrated } from "@ovsc/orchestration";
import type { Flow, FlowEdge, Template } from "@ovsc/shared/variant";

/** The orchestration's state machine as a graph. */
export function flow(template: Template): Flow {
  const { nodes, edges, rejoins } = orchestrated(template);
  return { nodes, edges: edges.map((edge) => (edge.from === "Client" ? started(edge) : fromHere(edge))), rejoins };
}

const started = (edge: FlowEdge): FlowEdge => ({
  ...edge,
  label: "starts",
  written: { file: "src/coordination.ts", line: /await \(start === "sync"/ },
});

/** The orchestration's source is beside this folder's. */
const fromHere = (edge: FlowEdge): FlowEdge => ({
  ...edge,
  written: { ...edge.written, file: `../${edge.written.file}` },
});
