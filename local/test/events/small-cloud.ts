import { smallCloud as openSmallCloud } from "../../conformance/small-cloud.ts";
import type { Choices } from "../../src/choices.ts";
import type { Clock } from "../../src/clock.ts";
import type { EventBridge } from "../../src/events/event-bridge.ts";
import type { TargetDescription } from "../../src/events/rule/target.ts";
import type { Faults } from "../../src/faults/faults.ts";
import { type Happening, noTrace, type Trace } from "../../src/history.ts";
import { account } from "../../src/identity.ts";
import type { Caller, Service } from "../../src/service.ts";

/** 2026-01-01T00:00:00Z */
export const startMs = Date.UTC(2026, 0, 1);
export const functionArn = `arn:aws:lambda:eu-west-2:${account}:function:reserve`;
export const queueArn = (name: string): string => `arn:aws:sqs:eu-west-2:${account}:${name}`;

/** Lambda as EventBridge meets it: it takes an invocation, or fails with whatever `refuse` throws. */
export class FakeFunctions implements Service {
  readonly invocations: { atMs: number; payload: unknown; caller: Caller }[] = [];
  refuse: (attempt: number) => void = () => {};
  readonly #clock: Clock;
  #attempts = 0;

  constructor(clock: Clock) {
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

/** Choices about deliveries; what is next on the clock stays in order. */
const inOrderBut = (choices: Choices): Choices => ({
  choose: (options, what) => (what === "which is next" ? 0 : choices.choose(options, what)),
});

interface SmallCloudOptions {
  readonly choices?: Choices;
  readonly duplicates?: boolean;
  readonly faults?: Faults;
}

/** The small cloud as tests of EventBridge use it. */
export function smallCloud({ choices, duplicates = false, faults = {} }: SmallCloudOptions = {}) {
  const happenings: Omit<Happening, "sequence">[] = [];
  let functions: FakeFunctions;
  const cloud = openSmallCloud((virtual) => (functions = new FakeFunctions(virtual)), {
    duplicates,
    faults,
    correlate,
    ...(choices && { choices: inOrderBut(choices) }),
    history: (virtual) => ({
      record: (trace: Trace, details: object) =>
        void happenings.push({ atMs: virtual.nowMs - startMs, ...trace, ...details } as Happening),
    }),
  });
  const { clock, services } = cloud;
  const events = services.get("events") as EventBridge;
  const sqs = services.get("sqs")!;
  const operator: Caller = { principal: { kind: "operator" }, trace: noTrace };
  return {
    clock,
    events,
    sqs,
    functions: functions!,
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
    queue: (name: string) => ({ url: cloud.create("AWS::SQS::Queue", { QueueName: name }) }),
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
