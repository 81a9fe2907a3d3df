import { type Happening, inOrder } from "@ovsc/local";
import { refOf } from "@ovsc/shared";
import { grantsOf } from "@ovsc/shared/variant";
import { beforeAll, describe, expect, test } from "vitest";
import { openLocal } from "../src/clouds/embedded.ts";
import { synthesizeThin, templateOf } from "../src/clouds/synthesize.ts";
import { Injection } from "../src/faults/injection.ts";
import type { FaultPlan } from "../src/faults/plan.ts";
import { judge } from "../src/judgement/judge.ts";
import { batchOf } from "../src/orders/batches.ts";
import { scenarioNamed } from "../src/orders/scenarios.ts";
import { runBatch } from "../src/runs/run-batch.ts";
import { variantNamed } from "../src/variants.ts";
import { valid } from "./saga.ts";

const durable = variantNamed("durable");
const named = (name: string) => batchOf(scenarioNamed(name, "a test"), "");
const happy = named("happy");

/** Lives a scenario of the workflow. @returns what befell it */
async function live(assembly: string, batch = happy, plan: FaultPlan = []) {
  const happenings: Happening[] = [];
  const faults = new Injection(plan);
  const onHappening = (each: Happening) => void happenings.push(each);
  const deployment = await openLocal(durable, {
    assembly,
    choices: inOrder,
    thin: true,
    keepLogs: true,
    faults,
    onHappening,
  });
  const outcome = await runBatch(batch, deployment);
  const logs = await deployment.logs(refOf(batch.placements[0]!));
  return { happenings, outcome, logs, fired: faults.fired };
}

/** What a happy order takes. */
async function cost(assembly: string) {
  const { happenings, outcome } = await live(assembly);
  const operations = happenings.flatMap((each) => (each.type === "DurableEvent" && each.operation) || []);
  return { invocations: outcome.counts.invocations, operations: new Set(operations).size };
}

/** What the workflow's role may do to the table, and whether it may invoke. */
function granted(assembly: string): string[] {
  const actions = grantsOf(templateOf(durable, assembly), "SagaRole")
    .flatMap(({ Action }) => Action)
    .filter((each) => /^dynamodb|Invoke/.test(each));
  return [...new Set(actions)].toSorted();
}

describe("a workflow that runs the steps itself, beside one that invokes them", () => {
  let invoking: string;
  let inProcess: string;
  beforeAll(async () => {
    invoking = await synthesizeThin(durable);
    inProcess = await synthesizeThin(durable, { steps: "in-process" });
  }, 120_000);

  test.each(["happy", "out-of-stock", "declined", "shipping-refused", "charge-answer-lost", "refund-fails"])(
    "ends an order alike: %s",
    async (name) => {
      const batch = named(name);
      const { outcome } = await live(inProcess, batch);
      expect(judge(batch, { durable: outcome })).toEqual(valid);
    },
  );

  test("needs every step's grants in one role, and no right to invoke any", () => {
    expect(granted(invoking)).toEqual(["dynamodb:GetItem", "lambda:InvokeFunction"]);
    expect(granted(inProcess)).toEqual(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]);
  });

  test("takes one run of a function for an order instead of nine, and as many operations", async () => {
    expect(await cost(invoking)).toEqual({ invocations: 9, operations: 4 });
    expect(await cost(inProcess)).toEqual({ invocations: 1, operations: 4 });
  });

  test("dies with a step that kills its process, and is begun again; the other hears of it, and waits", async () => {
    const dies: FaultPlan = [{ kind: "fail-before", dependency: "payment-gateway", from: 0, until: 1 }];
    const told = async (assembly: string) => {
      const { happenings, outcome, logs, fired } = await live(assembly, happy, dies);
      expect(fired).toEqual([1]);
      expect(judge(happy, { durable: outcome })).toEqual(valid);
      const dead = happenings.find((each) => each.type === "InvocationEnded" && each.error !== undefined);
      const charges = logs.filter(({ step, message }) => step === "ChargePayment" && message === "step started");
      return {
        dead: dead?.type === "InvocationEnded" && dead.functionName.replace(/[0-9A-F]{8}$/, ""),
        creations: logs.filter(({ step, message }) => step === "CreateOrder" && message === "step started").length,
        secondsToNextTry: charges.map(({ atMs }) => Math.floor((atMs - charges[0]!.atMs) / 1000)),
      };
    };
    expect(await told(invoking)).toEqual({
      dead: "ovsc-durable-StepsChargePayment",
      creations: 1,
      secondsToNextTry: [0, 60],
    });
    // The figure of 1 s is the embedded cloud's: AWS publishes none.
    expect(await told(inProcess)).toEqual({ dead: "ovsc-durable-saga", creations: 1, secondsToNextTry: [0, 1] });
  });
});
