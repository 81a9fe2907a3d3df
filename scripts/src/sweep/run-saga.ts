import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import { type Cloud, type Happening, inOrder, openCloud } from "@ovsc/local";
import type { Template } from "@ovsc/shared/variant";
import { billOf, type Terms } from "../bill/bill.ts";
import { factsOf } from "../bill/facts.ts";
import { Reading } from "../bill/reading.ts";
import type { Scenario } from "../orders/scenarios.ts";
import { generate, stackName } from "./generate.ts";
import { type GeneratedOrder, refusingOf, type SagaShape, type Style } from "./saga-shape.ts";

/** What a generated saga took, counted from its runs: one order that ships, and one for each error path. */
export interface SagaRun {
  /** Events and calls, of all orders. */
  readonly messages: number;
  readonly transitions: number;
  /** Calls whose caller waited for the answer. */
  readonly waits: number;
  /** Who woke whom: distinct pairs. */
  readonly links: number;
  /** Resources of the template that hold a part of the flow: rules, or the one state machine. */
  readonly places: number;
  /** US dollars for a million orders of this mix, base case. */
  readonly usdPerMillion: number;
}

/** Generates a saga in a style and runs it in the embedded cloud. */
export async function runSaga(style: Style, shape: SagaShape, prices: Terms["prices"]): Promise<SagaRun> {
  const folder = mkdtempSync(join(tmpdir(), "sweep-"));
  try {
    generate(style, shape, folder);
    const template = JSON.parse(readFileSync(join(folder, `${stackName(style)}.template.json`), "utf8")) as Template;
    const reading = new Reading([]);
    const links = new Links();
    const cloud = await openCloud({
      assemblies: [folder],
      choices: inOrder,
      faults: { onAwsCall: (call) => reading.onAwsCall(call) },
      onHappening(happening) {
        reading.add(happening);
        links.add(happening);
      },
    });
    const orders = [undefined, ...refusingOf(shape)];
    for (const [index, refusesAt] of orders.entries()) {
      await place(cloud, style, { orderId: `order-${index}`, ...(refusesAt !== undefined && { refusesAt }) });
      await cloud.run();
    }
    const metered = reading.metered(orders.length);
    const measured = {
      variant: style,
      facts: factsOf(template, stackName(style)),
      scenarios: new Map([[mixed.name, metered]]),
      tick: undefined,
    };
    const bill = billOf(measured, { ...terms, prices });
    const holds = style === "choreographed" ? "AWS::Events::Rule" : "AWS::StepFunctions::StateMachine";
    return {
      messages: metered.events.length + metered.invocations.length,
      transitions: metered.transitions,
      waits: metered.invocations.filter(({ wokenBy }) => wokenBy !== "rule").length,
      links: links.count,
      places: Object.values(template.Resources).filter(({ Type }) => Type === holds).length,
      usdPerMillion: bill.priced.base,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All orders of a run together. */
const mixed: Scenario = { name: "generated", title: "", stock: {}, orders: [], ends: [] };
const terms: Omit<Terms, "prices"> = {
  ordersPerMonth: 1_000_000,
  mix: new Map([[mixed, 1]]),
  freeTier: false,
  replaced: {},
  stateBytes: 0,
};

async function place(cloud: Cloud, style: Style, order: GeneratedOrder): Promise<void> {
  const { outputs } = cloud.stacks.get(stackName(style))!;
  const config = cloud.clientConfig();
  if (style === "orchestrated") {
    const input = { stateMachineArn: outputs["StateMachineArn"], input: JSON.stringify(order) };
    await new SFNClient(config).send(new StartExecutionCommand(input));
    return;
  }
  const entry = {
    EventBusName: outputs["BusName"],
    Source: "sweep",
    DetailType: "Placed",
    Detail: JSON.stringify(order),
  };
  await new EventBridgeClient(config).send(new PutEventsCommand({ Entries: [entry] }));
}

/** Takes note of who woke whom: whoever said an event, or the state machine; the client is left out. */
class Links {
  readonly #functionOf = new Map<string, string>();
  readonly #saidBy = new Map<string, string>();
  readonly #pairs = new Set<string>();

  get count(): number {
    return this.#pairs.size;
  }

  add(happening: Happening): void {
    if (happening.type === "EventPublished") {
      const by = this.#functionOf.get(happening.causationId ?? "");
      if (by) this.#saidBy.set(happening.eventId, by);
    }
    if (happening.type !== "InvocationStarted") return;
    const { requestId, functionName, causationId = "" } = happening;
    this.#functionOf.set(requestId, functionName);
    const by = causationId.startsWith("arn:") ? "the state machine" : this.#saidBy.get(causationId);
    if (by) this.#pairs.add(`${by} > ${functionName}`);
  }
}
