import { inOrder } from "../../src/choices.ts";
import type { Choices } from "../../src/choices.ts";
import { VirtualClock } from "../../src/clock.ts";
import { compile } from "../../src/states/definition/compile.ts";
import { Execution } from "../../src/states/execution/execution.ts";
import type { TaskAnswer, TaskPort, TaskRequest } from "../../src/states/task/port.ts";

export const startMs = Date.UTC(2026, 0, 1);

/** What a task does when it is called for the nth time, counted from 1; undefined lets it never answer. */
export type Task = (attempt: number, request: TaskRequest, answer: TaskAnswer) => void;

export const succeeds =
  (output: unknown): Task =>
  (_, __, answer) =>
    answer.succeeded(output);
export const fails =
  (error: string, cause = "because"): Task =>
  (_, __, answer) =>
    answer.failed(error, cause);
export const neverAnswers: Task = () => undefined;

export interface Run {
  readonly execution: Execution;
  /** When each attempt began, in seconds from the start. */
  readonly attemptSeconds: readonly number[];
  readonly inputs: readonly unknown[];
  readonly types: readonly string[];
  readonly endSeconds: number;
}

/** Runs a definition to its end in virtual time, with one task behind every resource. */
export async function runDefinition(
  definition: unknown,
  { input = {}, task = succeeds(null), choices = inOrder }: { input?: unknown; task?: Task; choices?: Choices } = {},
): Promise<Run> {
  const clock = new VirtualClock(inOrder, startMs);
  const attemptSeconds: number[] = [];
  const inputs: unknown[] = [];
  const port: TaskPort = {
    prepare: () => ({
      start(request, answer) {
        attemptSeconds.push((clock.nowMs - startMs) / 1000);
        inputs.push(request.input);
        task(attemptSeconds.length, request, answer);
        return undefined;
      },
    }),
  };
  let ids = 0;
  const identity = {
    arn: "arn:aws:states:eu-west-2:000000000000:execution:machine:run",
    name: "run",
    roleArn: "arn:aws:iam::000000000000:role/machine",
    correlationId: undefined,
    region: "eu-west-2",
    stateMachine: { Id: "arn:aws:states:eu-west-2:000000000000:stateMachine:machine", Name: "machine" },
    type: "STANDARD",
  } as const;
  const execution = new Execution(identity, compile(definition, port), input, {
    clock,
    choices,
    uuid: () => `id-${(ids += 1)}`,
  });
  execution.start();
  await clock.run();
  return {
    execution,
    attemptSeconds,
    inputs,
    types: execution.events.map(({ type }) => type),
    endSeconds: ((execution.stopMs ?? NaN) - startMs) / 1000,
  };
}

/** A machine of one Task state. */
export const oneTask = (fields: object, states: object = {}) => ({
  StartAt: "Charge",
  States: { Charge: { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", End: true, ...fields }, ...states },
});
