import { steps } from "@ovsc/shared";
import { type Flow, type FlowEdge, type FlowNode, type Template, textOf, type Written } from "@ovsc/shared/variant";

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Cause?: string;
}

interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

const succeeded = "SUCCEEDED";

/** The saga's state machine as a graph: from each state to those it may lead to. */
export function flow({ Resources }: Template): Flow {
  const [heldBy, machine] = Object.entries(Resources).find(
    ([id, { Type }]) => Type === "AWS::StepFunctions::StateMachine" && id.startsWith("Saga"),
  )!;
  const { DefinitionString } = machine.Properties as { readonly DefinitionString: unknown };
  const { StartAt, States } = JSON.parse(textOf(DefinitionString)) as Definition;
  const begin: FlowEdge = {
    from: "Client",
    to: StartAt,
    kind: "call",
    label: "StartExecution",
    heldBy,
    seenAs: { state: "ExecutionStarted", next: StartAt, failed: false },
    written: { file: "src/coordination.ts", line: /placing\.start\(/ },
  };
  const edges = Object.entries(States).flatMap(([name, state]) => edgesOf(name, state, heldBy));
  const nodes = Object.entries(States).map(([name, state]) => nodeOf(name, state));
  return {
    nodes: [{ id: "Client", kind: "source" }, ...nodes, { id: succeeded, kind: "end" }],
    edges: [begin, ...edges],
    // An execution that was overtaken goes on from wherever the row is.
    rejoins: ["WhereIsIt"],
  };
}

function edgesOf(from: string, { Next, End, Default, Choices = [], Catch = [] }: State, heldBy: string): FlowEdge[] {
  const next = [...new Set([Next, End ? succeeded : undefined, ...Choices.map((each) => each.Next), Default])];
  const caught = [...Map.groupBy(Catch, (each) => each.Next)].map(([to, catchers]) => ({
    to,
    label: catchers.map(({ ErrorEquals }) => labelOf(ErrorEquals)).join(", "),
  }));
  return [
    ...next
      .filter((to) => to !== undefined)
      .map((to) => ({
        from,
        to,
        kind: "call" as const,
        heldBy,
        seenAs: { state: from, next: to, failed: false },
        written: nextOf(from, to, Choices.length > 0),
      })),
    ...caught.map(({ to, label }) => ({
      from,
      to,
      kind: "failure" as const,
      label,
      heldBy,
      seenAs: { state: from, next: to, failed: true },
      written: caughtIn(from, to, label),
    })),
  ];
}

function nodeOf(id: string, { Type, Cause }: State): FlowNode {
  if (Type === "Fail") return { id, kind: "end", label: `FAILED: ${Cause}` };
  return { id, kind: Type === "Choice" ? "choice" : "step" };
}

const labelOf = (errors: readonly string[]): string =>
  errors.includes("States.ALL") ? "anything else" : errors.join(", ");

const inDefinition = (line: string): Written => ({ file: "src/definition.ts", line: new RegExp(line, "i") });

/** A chain of steps, or a branch of a choice, by the names that the constructs have there. */
function nextOf(from: string, to: string, isChoice: boolean): Written {
  if (to === succeeded) return inDefinition(`\\.next\\(${from}\\);$`);
  if (!isChoice) return inDefinition(`\\b${from}\\)?\\.next\\(${to}\\)`);
  return inDefinition(Object.hasOwn(steps, to) ? `\\bwayOn\\.when\\(` : `\\.(when|otherwise)\\(.*\\b${to}\\)`);
}

/** A catch of one step stands by itself; what every step catches alike is written once. */
function caughtIn(from: string, to: string, label: string): Written {
  const [error] = label.split(", ");
  const own = error === "anything else" ? "Errors\\.ALL" : `${error}\\.name`;
  const isAlike = /^(OrderOvertaken|OrderConflict)$/.test(error!);
  return inDefinition(isAlike ? `\\(tasks\\)\\.map\\(.*, ${to}\\] as const` : `\\[${from}, \\[${own}\\], ${to}\\]`);
}
