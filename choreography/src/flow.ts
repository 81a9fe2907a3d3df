import { type EventName, eventsOf, isSettled, lifecycle, steps } from "@ovsc/shared";
import { type Flow, type FlowEdge, type FlowNode, stepsIn, type Template } from "@ovsc/shared/variant";

/** What a rule of the template matches: an event of the saga, or the record of an invocation that failed for good. */
interface EventBridgeRule {
  readonly EventPattern?: {
    readonly "detail-type"?: readonly string[];
    readonly detail?: { readonly requestContext?: { readonly functionArn: readonly unknown[] } };
  };
  readonly Targets: readonly { readonly Arn: unknown }[];
}

/** Who says what no step says. A step that begins an undo tells nobody; the sweeper does where it goes no further. */
const sources: Readonly<Record<string, string>> = {
  OrderPlaced: "Client",
  RefundStarted: "Sweeper",
  ReleaseStarted: "Sweeper",
  RepairStarted: "Operator",
} satisfies Partial<Record<EventName, string>>;
const nobody = "nobody";
/** Where a placement ends that becomes no order. */
const rejected = "REJECTED";

/** The rules as a graph: from the step that says an event to the step it wakes. */
export function flow(template: Template): Flow {
  const heard = Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) =>
    Type === "AWS::Events::Rule" ? edgesOf(id, Properties as EventBridgeRule, template) : [],
  );
  const edges = [...heard, ...unheard(heard), ...rejections(heard)];
  const ids = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return { nodes: [...ids].map(nodeOf), edges, rejoins: [] };
}

function edgesOf(rule: string, { EventPattern, Targets }: EventBridgeRule, template: Template): FlowEdge[] {
  // A schedule has no pattern, and wakes no step of an order; whoever hears every event, such as a projection, is none.
  if (!EventPattern) return [];
  const failed = EventPattern.detail?.requestContext?.functionArn;
  const causes = failed
    ? stepsIn(failed, template).map((step) => ({ from: step, on: step, kind: "failure" as const }))
    : (EventPattern["detail-type"] ?? []).map((event) => ({ from: saidBy(event), on: event, kind: "event" as const }));
  return Targets.flatMap(({ Arn }) =>
    stepsIn(Arn, template).flatMap((step) =>
      causes.map(({ from, on, kind }) => ({
        from,
        to: step,
        kind,
        label: kind === "failure" ? "last try failed" : on,
        heldBy: rule,
        seenAs: { rule, target: step },
        written: ruleOf(kind === "failure" ? "onExhausted" : "on", on, step),
      })),
    ),
  );
}

/** The events that steps say and no rule hears: the last ones of an order, if all is well. */
function unheard(heard: readonly FlowEdge[]): FlowEdge[] {
  const labels = new Set(heard.map(({ label }) => label));
  return Object.values(steps).flatMap((step) =>
    eventsOf(step)
      .filter((event) => !labels.has(event))
      .map((event) => ({
        from: step.name,
        to: isSettled(lifecycle[event].to) ? lifecycle[event].to : nobody,
        kind: "event" as const,
        label: event,
        heldBy: step.name,
        seenAs: { event, by: step.name },
        written: { file: "src/on-event.ts", line: /await say\(result/ },
      })),
  );
}

/** A placement is told that it became no order by each step that looks for it. */
function rejections(heard: readonly FlowEdge[]): FlowEdge[] {
  const label: EventName = "OrderRejected";
  if (heard.some((edge) => edge.label === label)) return [];
  return Object.values(steps)
    .filter(({ rejects }) => rejects.length > 0)
    .map(({ name }) => ({
      from: name,
      to: rejected,
      kind: "event",
      label,
      heldBy: name,
      seenAs: { event: label, by: name },
      written: { file: "src/on-event.ts", line: /await publish\("OrderRejected"/ },
    }));
}

const ruleOf = (cause: string, name: string, wakes: string) => ({
  file: "src/rules.ts",
  line: new RegExp(`\\b${cause}: "${name}", wakes: "${wakes}"`),
});

function saidBy(event: string): string {
  const step = Object.values(steps).find((each) => (eventsOf(each) as readonly string[]).includes(event));
  return step?.name ?? sources[event] ?? nobody;
}

function nodeOf(id: string): FlowNode {
  if (Object.values(sources).includes(id)) return { id, kind: "source" };
  if (id === nobody) return { id, kind: "nobody" };
  return { id, kind: Object.hasOwn(steps, id) ? "step" : "end" };
}
