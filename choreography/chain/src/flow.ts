import { eventsOf, type StepName, steps } from "@ovsc/shared";
import {
  type Flow,
  type FlowEdge,
  type FlowNode,
  resourcesOf,
  settling,
  stepsIn,
  type Template,
} from "@ovsc/shared/variant";
import { calls, undo } from "./calls.ts";

interface FunctionProperties {
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
}
interface InvokeConfig {
  readonly FunctionName: unknown;
  readonly DestinationConfig?: unknown;
}

/** The calls as a graph: from the function that calls to the one that it calls. */
export function flow(template: Template): Flow {
  const edges = [client, ...calling(template), ...exhausted(template), ...settling(settled)];
  const ids = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return { nodes: [...ids].map(nodeOf), edges, rejoins: [] };
}

/** A variable that names a function which may be called. */
const variable = /^(WAITS_FOR|STARTS)_(.+)$/;

const client: FlowEdge = {
  from: "Client",
  to: "CreateOrder",
  kind: "call",
  label: "waits",
  heldBy: "CreateOrder",
  seenAs: { invoked: "CreateOrder" },
  written: { file: "src/coordination.ts", line: /const call = lambda\.send/ },
};

const settled = { file: "src/in-chain.ts", line: /return \{ status: record\.status \}/ };

function calling(template: Template): FlowEdge[] {
  return resourcesOf<FunctionProperties>(template, "AWS::Lambda::Function").flatMap(({ Environment }) => {
    const { STEP_NAME: from, ...variables } = Environment?.Variables ?? {};
    // The sweeper, which is for no step, begins again what has stopped.
    if (typeof from !== "string") return [];
    return Object.entries(variables).flatMap(([name, value]) => {
      const [, how] = variable.exec(name) ?? [];
      return how ? stepsIn(value, template).map((to) => call(from as StepName, to as StepName, how)) : [];
    });
  });
}

function call(from: StepName, to: StepName, how: string): FlowEdge {
  const after = calls.find((each) => each.calls === to && (eventsOf(steps[from]) as string[]).includes(each.after));
  return {
    from,
    to,
    kind: after ? "call" : "failure",
    label: after ? (how === "WAITS_FOR" ? "waits" : after.after) : "failed, or no answer",
    heldBy: from,
    seenAs: { invoked: to, by: from },
    written: after
      ? { file: "src/calls.ts", line: new RegExp(`after: "${after.after}"`) }
      : { file: "src/calls.ts", line: new RegExp(`undo = "${undo}"`) },
  };
}

function exhausted(template: Template): FlowEdge[] {
  return resourcesOf<InvokeConfig>(template, "AWS::Lambda::EventInvokeConfig").flatMap((config) => {
    const [from] = stepsIn(config.FunctionName, template);
    const compensations = stepsIn(config.DestinationConfig, template).filter((to) => to in steps);
    return compensations.map((to) => ({
      from: from!,
      to,
      kind: "failure" as const,
      label: "last try failed",
      heldBy: from!,
      seenAs: { invoked: to, by: from! },
      written: { file: "src/stack.ts", line: /new LambdaDestination/ },
    }));
  });
}

function nodeOf(id: string): FlowNode {
  if (id === client.from) return { id, kind: "source" };
  return { id, kind: id in steps ? "step" : "end" };
}
