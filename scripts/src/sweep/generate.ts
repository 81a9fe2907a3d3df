import { fileURLToPath } from "node:url";
import { bundled } from "@ovsc/shared/infra";
import { App, CfnOutput, Stack } from "aws-cdk-lib";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Architecture, type Code, Function, Runtime } from "aws-cdk-lib/aws-lambda";
import { Chain, DefinitionBody, Fail, JsonPath, StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { LambdaInvoke } from "aws-cdk-lib/aws-stepfunctions-tasks";
import { beforeOf, refusingOf, type SagaShape, stepsOf, type Style, undoneIn, undoOf } from "./saga-shape.ts";

export const stackName = (style: Style): string => `sweep-${style}`;

/** Synthesizes a saga of a shape in a style. */
export function generate(style: Style, shape: SagaShape, outdir: string): void {
  const app = new App({ outdir, analyticsReporting: false });
  const stack = new Stack(app, stackName(style));
  if (style === "choreographed") choreograph(stack, shape);
  else orchestrate(stack, shape);
  // As in `synthesizeInto`: validation reports would take longer than all else.
  process.env["CDK_VALIDATION"] ??= "false";
  app.synth();
}

/** A rule for each hand-over: the next step hears that one is done, an undo that a step refused or an undo is done. */
function choreograph(stack: Stack, shape: SagaShape): void {
  const bus = new EventBus(stack, "Bus");
  const functions = functionsOf(stack, shape, "event-handler", { BUS_NAME: bus.eventBusName });
  for (const each of functions.values()) bus.grantPutEventsTo(each);
  const wakes = (event: string, step: string | undefined) => {
    if (step === undefined) return;
    new Rule(stack, `${event}Rule`, {
      eventBus: bus,
      eventPattern: { source: ["sweep"], detailType: [event] },
      targets: [new LambdaFunction(functions.get(step)!)],
    });
  };
  const steps = stepsOf(shape);
  wakes("Placed", steps[0]);
  for (const [index, step] of steps.entries()) wakes(`${step}Done`, steps[index + 1]);
  for (const step of refusingOf(shape)) wakes(`${step}Refused`, undoBefore(shape, step));
  for (const step of undoneIn(shape)) wakes(`${undoOf(step)}Done`, undoBefore(shape, step));
  new CfnOutput(stack, "BusName", { value: bus.eventBusName });
}

/** A state for each step and undo, and a Catch for each step that may refuse. */
function orchestrate(stack: Stack, shape: SagaShape): void {
  const functions = functionsOf(stack, shape, "task-handler", {});
  const tasks = new Map(
    [...functions].map(([step, lambdaFunction]) => [
      step,
      new LambdaInvoke(stack, `${step}Task`, {
        lambdaFunction,
        payloadResponseOnly: true,
        retryOnServiceExceptions: false,
      }),
    ]),
  );
  const failed = new Fail(stack, "Failed", { error: "Refused" });
  for (const step of undoneIn(shape)) tasks.get(undoOf(step))!.next(tasks.get(undoBefore(shape, step) ?? "") ?? failed);
  for (const step of refusingOf(shape)) {
    const next = tasks.get(undoBefore(shape, step) ?? "") ?? failed;
    tasks.get(step)!.addCatch(next, { errors: ["Refused"], resultPath: JsonPath.DISCARD });
  }
  const [first, ...rest] = stepsOf(shape).map((step) => tasks.get(step)!);
  const chain = rest.reduce<Chain>((before, task) => before.next(task), Chain.start(first!));
  const machine = new StateMachine(stack, "Saga", { definitionBody: DefinitionBody.fromChainable(chain) });
  new CfnOutput(stack, "StateMachineArn", { value: machine.stateMachineArn });
}

function undoBefore(shape: SagaShape, step: string): string | undefined {
  const before = beforeOf(shape, step);
  return before === undefined ? undefined : undoOf(before);
}

function functionsOf(stack: Stack, shape: SagaShape, file: string, environment: Record<string, string>) {
  const code: Code = bundled(fileURLToPath(new URL(`${file}.ts`, import.meta.url)));
  return new Map(
    [...stepsOf(shape), ...undoneIn(shape).map(undoOf)].map((step) => [
      step,
      new Function(stack, step, {
        code,
        handler: `${file}.handler`,
        runtime: Runtime.NODEJS_24_X,
        architecture: Architecture.ARM_64,
        memorySize: 512,
        environment: { ...environment, STEP: step },
      }),
    ]),
  );
}
