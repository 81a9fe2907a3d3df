import { eventsOf, lifecycle, type StepName, steps } from "@ovsc/shared";
import { resourcesOf, stepsIn, type Template, undoLabels } from "@ovsc/shared/variant";

/** What a rule of the template matches: an event of the saga, or the record of an invocation that failed for good. */
interface EventBridgeRule {
  readonly EventPattern: {
    readonly "detail-type": readonly string[];
    readonly detail?: { readonly requestContext?: { readonly functionArn: readonly unknown[] } };
  };
  readonly Targets: readonly { readonly Arn: unknown }[];
}

/** The rules as a Mermaid flowchart: from the step that says an event to the step it wakes. */
export function diagram(template: Template): string {
  const rules = resourcesOf<EventBridgeRule>(template, "AWS::Events::Rule").map(({ EventPattern, Targets }) => ({
    exhausted: EventPattern.detail?.requestContext && stepsIn(EventPattern.detail.requestContext.functionArn, template),
    events: EventPattern["detail-type"],
    wakes: stepsIn(
      Targets.map(({ Arn }) => Arn),
      template,
    ),
  }));
  const arrows = rules.flatMap(({ exhausted, events, wakes }) => {
    const causes =
      exhausted?.map((step) => `${step} -. "last try failed" .->`) ??
      events.map((event) => `${saidBy(event) ?? "Client([Client])"} -- ${event} -->`);
    return causes.flatMap((cause) => wakes.map((step) => `  ${cause} ${step}`));
  });
  const heard = new Set(rules.flatMap(({ exhausted, events }) => (exhausted ? [] : events)));
  const ends = Object.values(steps).flatMap((step) =>
    eventsOf(step)
      .filter((event) => !heard.has(event))
      .map((event) => `  ${step.name} -- ${event} --> ${lifecycle[event].to}([${lifecycle[event].to}])`),
  );
  return ["flowchart TD", ...arrows, ...ends, ...undoLabels].join("\n");
}

const saidBy = (event: string): StepName | undefined =>
  Object.values(steps).find((step) => (eventsOf(step) as readonly string[]).includes(event))?.name;
