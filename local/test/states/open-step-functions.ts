import { inOrder } from "../../src/choices.ts";
import { VirtualClock } from "../../src/clock.ts";
import { AwsError } from "../../src/errors.ts";
import type { Happening, Trace } from "../../src/history.ts";
import { Ids } from "../../src/identity.ts";
import type { Caller } from "../../src/service.ts";
import { services } from "../../src/services.ts";
import { StepFunctions, type StepFunctionsOptions } from "../../src/states/step-functions.ts";

export const caller: Caller = {
  principal: { kind: "operator" },
  trace: { correlationId: "order-1", causationId: "event-1" },
};

/** A call that a task made. */
export interface Called {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
}

/** Answers a call of another service; what it throws is the service's error. */
export type Answering = (called: Called) => unknown;

/** Step Functions with a clock of its own; calls to other services go to `answering`. */
export function openStepFunctions({
  answering = () => ({}),
  faults = {},
  ...options
}: { answering?: Answering } & Partial<StepFunctionsOptions> = {}) {
  const clock = new VirtualClock(inOrder, Date.UTC(2026, 0, 1));
  const calls: Called[] = [];
  const happenings: (Trace & Partial<Happening>)[] = [];
  const states: StepFunctions = new StepFunctions({
    clock,
    choices: inOrder,
    history: { record: (trace, details) => void happenings.push({ ...trace, ...details }) },
    api: async (principal, service, operation, input) => {
      const called = { caller: principal, service, operation, input };
      calls.push(called);
      return service === "states" ? states.call(operation, input, principal) : answering(called);
    },
    ids: new Ids(),
    region: "eu-west-2",
    services,
    faults,
    ...options,
  });
  const call = (operation: string, input: object) =>
    states.call(operation, input as Readonly<Record<string, unknown>>, caller) as Record<string, unknown>;
  /** An operation whose answer takes virtual time. */
  const callLater = (operation: string, input: object) =>
    states.call(operation, input as Readonly<Record<string, unknown>>, caller) as Promise<Record<string, unknown>>;
  const create = (definition: object, more: object = {}) =>
    call("CreateStateMachine", {
      name: "orders",
      definition: JSON.stringify(definition),
      roleArn: "arn:aws:iam::000000000000:role/orders",
      ...more,
    }).stateMachineArn as string;
  const start = (stateMachineArn: string, more: object = {}) =>
    call("StartExecution", { stateMachineArn, ...more }).executionArn as string;
  return { states, clock, calls, happenings, call, callLater, create, start };
}

/** The code of the AwsError that a call throws. */
export function errorOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error("no error was thrown");
}

export const passing = { StartAt: "Done", States: { Done: { Type: "Pass", End: true } } };
export const waiting = { StartAt: "Wait", States: { Wait: { Type: "Wait", Seconds: 60, End: true } } };
export const task = (Resource: string, fields: object = {}) => ({
  StartAt: "Do",
  States: { Do: { Type: "Task", Resource, End: true, ...fields } },
});
