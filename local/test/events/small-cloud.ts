import { inOrder, type Choices } from "../../src/choices.ts";
import { VirtualClock } from "../../src/clock.ts";
import { EventBridge } from "../../src/events/event-bridge.ts";
import type { TargetDescription } from "../../src/events/target.ts";
import { type Happening, noTrace, type Trace } from "../../src/history.ts";
import { account, Ids } from "../../src/identity.ts";
import type { Api, Caller, Service } from "../../src/service.ts";
import { services } from "../../src/services.ts";
import { Sqs } from "../../src/sqs/sqs.ts";

/** 2026-01-01T00:00:00Z */
export const startMs = Date.UTC(2026, 0, 1);
export const functionArn = `arn:aws:lambda:eu-west-2:${account}:function:reserve`;
export const queueArn = (name: string): string => `arn:aws:sqs:eu-west-2:${account}:${name}`;

/** Lambda as EventBridge meets it: it takes an invocation, or fails with whatever `refuse` throws. */
export class FakeFunctions implements Service {
  readonly invocations: { atMs: number; payload: unknown; caller: Caller }[] = [];
  refuse: (attempt: number) => void = () => {};
  readonly #clock: VirtualClock;
  #attempts = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  call(_operation: string, input: Readonly<Record<string, unknown>>, caller: Caller): unknown {
    this.invocations.push({
      atMs: this.#clock.nowMs - startMs,
      payload: JSON.parse(input["Payload"] as string),
      caller,
    });
    this.refuse((this.#attempts += 1));
    return { StatusCode: 202 };
  }
}

export interface Received {
  readonly Body: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly StringValue: string }>>;
}

const correlate = (detail: unknown) => (detail as { orderId?: string }).orderId;

/** The real EventBridge and SQS, wired to each other without permissions. */
export function smallCloud({
  choices = inOrder,
  duplicates = false,
}: { choices?: Choices; duplicates?: boolean } = {}) {
  const clock = new VirtualClock(inOrder, startMs);
  const happenings: Omit<Happening, "sequence">[] = [];
  const history = {
    record: (trace: Trace, details: object) =>
      void happenings.push({ atMs: clock.nowMs - startMs, ...trace, ...details } as Happening),
  };
  const called: Partial<Record<string, Service>> = {};
  const api: Api = async (caller, service, operation, input) => called[service]!.call(operation, input, caller);
  const kernel = { clock, choices, history, api, ids: new Ids(), place: { region: "eu-west-2" }, services };
  const events = new EventBridge({ ...kernel, duplicates, correlate });
  const sqs = new Sqs(kernel);
  const functions = new FakeFunctions(clock);
  Object.assign(called, { events, sqs, lambda: functions });
  const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };
  return {
    clock,
    events,
    sqs,
    functions,
    happenings,
    call: (operation: string, input: Readonly<Record<string, unknown>>) => events.call(operation, input, operator),
    put: (detail: object, entry: object = {}) =>
      events.call(
        "PutEvents",
        { Entries: [{ Source: "orders", DetailType: "OrderCreated", Detail: JSON.stringify(detail), ...entry }] },
        operator,
      ),
    rule: (pattern: object, ...targets: Partial<TargetDescription>[]) => {
      const name = `rule-${[...events.buses.get().rules].length}`;
      events.call("PutRule", { Name: name, EventPattern: JSON.stringify(pattern) }, operator);
      events.buses
        .get()
        .rule(name)
        .putTargets(targets.map((target, index) => ({ Id: `target-${index}`, Arn: functionArn, ...target })));
      return name;
    },
    queue: (name: string) =>
      sqs.createQueue(name, {
        delaySeconds: 0,
        maximumMessageSize: 1_048_576,
        messageRetentionSeconds: 345_600,
        receiveWaitSeconds: 0,
        visibilityTimeoutSeconds: 30,
        redrive: undefined,
      }),
    receive: (name: string): readonly Received[] => {
      const input = {
        QueueUrl: `https://sqs.eu-west-2.amazonaws.com/${account}/${name}`,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ["All"],
      };
      return (sqs.call("ReceiveMessage", input, operator) as { Messages?: Received[] }).Messages ?? [];
    },
  };
}
