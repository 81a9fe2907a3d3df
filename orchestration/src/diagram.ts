import { resourcesOf, type Template, textOf, undoLabels } from "@ovsc/shared/variant";

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Cause?: string;
}

/** The state machine as a Mermaid flowchart. */
export function diagram(template: Template): string {
  const machines = resourcesOf<{ readonly DefinitionString: unknown }>(template, "AWS::StepFunctions::StateMachine");
  const { States } = JSON.parse(textOf(machines[0]!.DefinitionString)) as { States: Readonly<Record<string, State>> };
  const states = Object.entries(States);
  const caught = states.flatMap(([from, { Catch = [] }]) =>
    Catch.map(({ ErrorEquals, Next }) => ({ from, label: labelOf(ErrorEquals), to: Next })),
  );
  // What every task catches alike is one line, since as many arrows would hide the rest.
  const tasks = states.filter(([, { Catch }]) => Catch);
  const alike = [...Map.groupBy(caught, ({ label, to }) => `-. "${label}" .-> ${to}`)].filter(
    ([, all]) => all.length === tasks.length,
  );
  const common = new Set(alike.flatMap(([, all]) => all));
  const lines = states.flatMap(([name, { Type, Next, End, Default, Choices = [], Cause }]) => [
    ...(Type === "Fail" ? [`  ${name}["FAILED: ${Cause}"]`] : []),
    ...(End ? [`  ${name} --> Succeeded([SUCCEEDED])`] : []),
    ...(Type === "Choice" ? [`  ${name}{${name}}`] : []),
    ...[Next, ...Choices.map((choice) => choice.Next), Default].filter(Boolean).map((next) => `  ${name} --> ${next}`),
    ...caught
      .filter((each) => each.from === name && !common.has(each))
      .map(({ label, to }) => `  ${name} -. "${label}" .-> ${to}`),
  ]);
  const shared = alike.map(([arrow, all]) => `  ${all.map(({ from }) => from).join(" & ")} ${arrow}`);
  return ["flowchart TD", ...lines, ...shared, ...undoLabels].join("\n");
}

const labelOf = (errors: readonly string[]): string =>
  errors.includes("States.ALL") ? "anything else" : errors.join(", ");
