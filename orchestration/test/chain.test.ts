import { lifecycle, type StepName, steps } from "@ovsc/shared";
import { withoutBundling } from "@ovsc/shared/bundle-options";
import { resourcesOf, type Template, textOf } from "@ovsc/shared/variant";
import { expect, test } from "vitest";
import { orchestrationApp } from "../src/app.ts";

const template = orchestrationApp({ context: withoutBundling }).synth().getStackByName("ovsc-orchestration")
  .template as Template;
const [machine] = resourcesOf<{ readonly DefinitionString: unknown }>(template, "AWS::StepFunctions::StateMachine");
const { States } = JSON.parse(textOf(machine!.DefinitionString)) as {
  readonly States: Readonly<Record<string, { readonly Next?: string }>>;
};

const forward = new Set<string>(Object.values(steps).flatMap(({ name, undoes }) => (undoes ? [] : [name])));
const isForward = (name: string | undefined): name is StepName => name !== undefined && forward.has(name);

test("each step hands the order on in a status that the next step's move begins from", () => {
  const handedOn = Object.entries(States).flatMap(([name, { Next }]) =>
    isForward(name) && isForward(Next) ? [[name, Next] as const] : [],
  );
  expect(handedOn).toHaveLength(forward.size - 1);
  for (const [name, next] of handedOn) {
    const { to } = lifecycle[steps[name].achieves];
    expect(lifecycle[steps[next].achieves].from, `${next} after ${name}`).toContain(to);
  }
});
