import { flow as orchestrated } from "@ovsc/orchestration";
import { eventsOf, steps } from "@ovsc/shared";
import type { Flow, FlowEdge, Template } from "@ovsc/shared/variant";

interface EventBridgeRule {
  readonly EventPattern?: { readonly "detail-type": readonly string[] };
}

/** The state machine as a graph, and from each step that says a fact to those who hear it. */
export function flow(template: Template): Flow {
  const { nodes, edges, rejoins } = orchestrated(template);
  const heard = Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) =>
    Type === "AWS::Events::Rule" ? hearing(id, Properties as EventBridgeRule) : [],
  );
  const listeners = [...new Set(heard.map(({ to }) => to))];
  return {
    nodes: [...nodes, ...listeners.map((id) => ({ id, kind: "end" as const }))],
    edges: [...edges.map(fromHere), ...heard],
    rejoins,
  };
}

/** The orchestration's source is beside this folder's. */
const fromHere = (edge: FlowEdge): FlowEdge => ({
  ...edge,
  written: { ...edge.written, file: `../${edge.written.file}` },
});

/** A rule of a listener is named by its folder. One without a pattern is the sweeper's schedule. */
function hearing(rule: string, { EventPattern }: EventBridgeRule): FlowEdge[] {
  if (!EventPattern) return [];
  const [, listener] = /^([A-Z][A-Za-z]*)Hears/.exec(rule)!;
  return EventPattern["detail-type"].map((event) => ({
    from: Object.values(steps).find((step) => (eventsOf(step) as readonly string[]).includes(event))!.name,
    to: listener!,
    kind: "event",
    label: event,
    heldBy: rule,
    seenAs: { event },
    written: { file: `src/listeners/${listener!.toLowerCase()}/listener.ts`, line: /^ {2}hears: / },
  }));
}
