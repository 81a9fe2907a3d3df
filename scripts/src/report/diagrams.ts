import type { Rule } from "@ovsc/choreography";
import { lifecycle, outcomes, type StepName } from "@ovsc/shared";

/** The rule table as a Mermaid flowchart: from the step that says an event to the step it wakes. */
export function choreographyDiagram(rules: readonly Rule[]): string {
  const arrows = rules.map((rule) => {
    if ("onExhausted" in rule) return `  ${rule.onExhausted} -. "last try failed" .-> ${rule.wakes}`;
    return `  ${saidBy(rule.on) ?? "Client([Client])"} -- ${rule.on} --> ${rule.wakes}`;
  });
  const heard = new Set(rules.flatMap((rule) => ("on" in rule ? [rule.on as string] : [])));
  const ends = Object.entries(outcomes).flatMap(([step, events]) =>
    events
      .filter((event) => !heard.has(event))
      .map((event) => `  ${step} -- ${event} --> ${lifecycle[event].to}([${lifecycle[event].to}])`),
  );
  return ["flowchart TD", ...arrows, ...ends].join("\n");
}

const saidBy = (event: string): string | undefined =>
  (Object.keys(outcomes) as StepName[]).find((step) => (outcomes[step] as readonly string[]).includes(event));

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Cause?: string;
}

/**
 * A state machine's definition as a Mermaid flowchart. Left out is what every task catches alike, an order that was
 * taken over: seven times the same arrow would hide the rest.
 */
export function orchestrationDiagram(states: Readonly<Record<string, State>>): string {
  const shown = Object.entries(states).filter(([name]) => name !== "OrderTakenOver");
  const lines = shown.flatMap(([name, { Type, Next, End, Default, Catch = [], Choices = [], Cause }]) => [
    ...(Type === "Fail" ? [`  ${name}["FAILED: ${Cause}"]`] : []),
    ...(End ? [`  ${name} --> Succeeded([SUCCEEDED])`] : []),
    ...(Type === "Choice" ? [`  ${name}{${name}}`] : []),
    ...[Next, ...Choices.map((choice) => choice.Next), Default].filter(Boolean).map((next) => `  ${name} --> ${next}`),
    ...Catch.filter((each) => each.Next !== "OrderTakenOver").map(
      (each) => `  ${name} -. "${caught(each.ErrorEquals)}" .-> ${each.Next}`,
    ),
  ]);
  return ["flowchart TD", ...lines].join("\n");
}

const caught = (errors: readonly string[]): string =>
  errors.includes("States.ALL") ? "anything else" : errors.join(", ");
