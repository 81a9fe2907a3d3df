import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { variant as choreography } from "@ovsc/choreography";
import { inOrder } from "@ovsc/local";
import { refOf } from "@ovsc/shared";
import type { DeployedStack } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { openLocal } from "../../src/clouds/embedded.ts";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { drills } from "../../src/drills/drills.ts";
import { runDrill } from "../../src/drills/run-drill.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { renderDrill } from "../../src/report/render-drill.ts";
import { pair as variants } from "../../src/variants.ts";
import { isWhole } from "../family.ts";

const thin = true;
const drillNamed = (name: string) => drills.find((drill) => drill.name === name)!;

describe.each(drills)("the drill $name", (drill) => {
  test("breaks its order, and the remedy brings it where it would have ended, with no side effect twice", async () => {
    let drilled = 0;
    // In `test` one variant that has the remedy, by turn.
    for (const variant of drills.indexOf(drill) % 2 === 0 ? variants : variants.toReversed()) {
      const result = isWhole || drilled === 0 ? await runDrill(drill, variant, { thin }) : undefined;
      if (!result) continue;
      drilled += 1;
      expect(result.findings).toEqual([]);
      expect(result.stopped.end).toBe(drill.stopsIn);
      expect(result.stopped.end).not.toBe(result.unbroken);
      if (drill.leavesLetter) expect(result.stopped.deadLetters).toBe(1);
      expect(result.end).toBe(result.unbroken);
      expect(result.done).toHaveLength(1);
      expect(result.sideEffectsTwice).toBe(0);
    }
    expect(drilled).toBeGreaterThan(0);
  });
});

describe("a drill", () => {
  test("whose remedy reaches the wrong rule brings nothing home, and says so", async () => {
    const drill = { ...drillNamed("replay-one-rule"), events: ["PaymentCharged"] as const };
    const result = (await runDrill(drill, choreography, { thin }))!;
    expect(result.end).toBe("RESERVED");
    expect(result.findings).toContain("stuck in RESERVED");
    expect(renderDrill(result)).toMatch(/came of it RESERVED, and not SHIPPED/);
  });

  test("whose faults break nothing is found out", async () => {
    const drill = { ...drillNamed("replay"), plan: [{ ...drillNamed("replay").plan[0]!, attempts: [1] }] };
    expect((await runDrill(drill, choreography, { thin }))!.findings).toEqual(["the fault plan broke nothing"]);
  });

  test("of all rules counts the steps that ran again, each by its name", async () => {
    const result = (await runDrill(drillNamed("replay"), choreography, { thin }))!;
    expect(result.ranAgain).toEqual({ CreateOrder: 1, ReserveInventory: 1, ChargePayment: 1, ShipOrder: 1 });
    expect(renderDrill(result)).toMatch(/ran twice +steps that found their work done: CreateOrder once, .*; 0 side/);
  });
});

/** The choreography, with one message on its dead-letter queue, and the way to hand it back. */
async function withMessage(body: string) {
  let stack: DeployedStack | undefined;
  const connect = (given: DeployedStack) => choreography.connect((stack = given));
  const assembly = await synthesizeThin(choreography);
  const deployment = await openLocal({ ...choreography, connect }, { assembly, choices: inOrder });
  const QueueUrl = stack!.outputs["DeadLetterQueueUrl"];
  await stack!.client(SQSClient).send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  const incident = { from: "2026-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z", events: [] };
  return {
    handBack: (placed: { orderId: string; placementId: string }) =>
      deployment.coordination.remedies["handback"]!.apply({ ...incident, placed: [placed] }),
    left: async (orderId: string) => {
      await deployment.pass(60);
      return deployment.coordination.deadLetters([orderId]);
    },
  };
}

describe("a dead letter", () => {
  const placed = refOf(batchOf(scenarioNamed("happy", "a test"), "").placements[0]!);

  test("that names nobody it was meant for stays on the queue, and it is said why", async () => {
    const body = JSON.stringify({ detail: placed });
    const { handBack, left } = await withMessage(body);
    expect(await handBack(placed)).toEqual([
      expect.stringMatching(/^left message .* on the queue: it names neither a rule's target nor a function$/),
    ]);
    expect(await left(placed.orderId)).toEqual([body]);
  });

  test("of another order is left alone", async () => {
    const body = JSON.stringify({ detail: { orderId: "another", placementId: "another's" } });
    const { handBack, left } = await withMessage(body);
    expect(await handBack(placed)).toEqual([]);
    expect(await left("another")).toEqual([body]);
  });
});
