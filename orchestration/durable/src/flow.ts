import { steps } from "@ovsc/shared";
import { type Flow, type FlowEdge, type FlowNode, settling, stepsIn, type Template } from "@ovsc/shared/variant";
import { back, next, unanswered } from "./ways.ts";

/** The workflow as a graph. Whom the durable function invokes stands in the template; when, in its code. */
export function flow(template: Template): Flow {
  const edges = [...invoking(template), ...settling(settled)];
  const ids = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return { nodes: [...ids].map(nodeOf), edges, rejoins: [] };
}

const source = "Client";
const settled = { file: "src/workflow.ts", line: /return answer\.reached/ };

interface FunctionProperties {
  readonly DurableConfig?: object;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
}

/** The ways of the code, as far as the durable function of the template is given the functions that they need. */
function invoking(template: Template): FlowEdge[] {
  return Object.entries(template.Resources).flatMap(([heldBy, { Properties }]) => {
    const { DurableConfig, Environment } = (Properties ?? {}) as FunctionProperties;
    if (!DurableConfig) return [];
    const known = new Set(Object.values(Environment?.Variables ?? {}).flatMap((value) => stepsIn(value, template)));
    return ways(heldBy).filter(({ to }) => known.has(to));
  });
}

const ways = (heldBy: string): FlowEdge[] => [
  edge({
    from: source,
    to: "CreateOrder",
    kind: "call",
    label: "Invoke",
    heldBy,
    file: "src/saga.ts",
    line: /context\.invoke/,
  }),
  ...Object.entries(next).map(([from, to]) =>
    edge({ from, to, kind: "call", heldBy, file: "src/ways.ts", line: new RegExp(`^  ${from}: "${to}"`) }),
  ),
  ...Object.entries(back).flatMap(([refusal, to]) => {
    const from = Object.values(steps).find(({ refusals }) => refusals.some(({ error }) => error.name === refusal));
    // A denial comes from a limit, which the template need not have.
    if (!from) return [];
    const line = new RegExp(`\\[${refusal}\\.name\\]`);
    return edge({
      from: from.name,
      to: to!,
      kind: "failure",
      label: refusal,
      heldBy,
      file: "src/ways.ts",
      line,
      failed: false,
    });
  }),
  ...Object.entries(unanswered).map(([from, to]) => {
    const line = new RegExp(`^  ${from}: "${to}"`);
    return edge({ from, to, kind: "failure", label: "anything else", heldBy, file: "src/ways.ts", line });
  }),
];

interface Way extends Pick<FlowEdge, "from" | "to" | "kind" | "label" | "heldBy"> {
  readonly file?: string;
  readonly line: RegExp;
  readonly failed?: boolean;
}

const edge = ({ file = "src/workflow.ts", line, failed, ...way }: Way): FlowEdge => ({
  ...way,
  seenAs: {
    state: way.from === source ? "ExecutionStarted" : way.from,
    next: way.to,
    failed: failed ?? way.kind === "failure",
  },
  written: { file, line },
});

function nodeOf(id: string): FlowNode {
  if (id === source) return { id, kind: "source" };
  return { id, kind: id in steps ? "step" : "end" };
}
