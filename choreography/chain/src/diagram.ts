import { resourcesOf, stepsIn, type Template, undoLabels } from "@ovsc/shared/variant";

interface FunctionProperties {
  readonly Environment?: { readonly Variables?: Readonly<Record<string, unknown>> };
}
interface Config {
  readonly FunctionName: unknown;
  readonly DestinationConfig?: unknown;
}

/** The calls as a Mermaid flowchart: solid where the caller waits, dotted where nobody does. */
export function diagram(template: Template): string {
  const calls = resourcesOf<FunctionProperties>(template, "AWS::Lambda::Function").flatMap(({ Environment }) => {
    const { STEP_NAME: step, ...variables } = Environment?.Variables ?? {};
    return Object.entries(variables).flatMap(([name, value]) => {
      const how = name.startsWith("WAITS_FOR_") ? "-- waits -->" : "-. starts .->";
      return /^(WAITS_FOR|STARTS)_/.test(name)
        ? stepsIn(value, template).map((to) => `  ${String(step)} ${how} ${to}`)
        : [];
    });
  });
  const exhausted = resourcesOf<Config>(template, "AWS::Lambda::EventInvokeConfig").flatMap((config) =>
    stepsIn(config.DestinationConfig, template).map(
      (to) => `  ${stepsIn(config.FunctionName, template).join()} -. "last try failed" .-> ${to}`,
    ),
  );
  return ["flowchart TD", "  Client([Client]) -- waits --> CreateOrder", ...calls, ...exhausted, ...undoLabels].join(
    "\n",
  );
}
