import { inOrder } from "@ovsc/local";
import { refOf, type StepName } from "@ovsc/shared";
import { readEvidence } from "@ovsc/shared/aws";
import { describe, expect, test } from "vitest";
import { openLocal } from "../src/clouds/embedded.ts";
import { synthesizeThin } from "../src/clouds/synthesize.ts";
import { brokenInvariants, judge } from "../src/judgement/judge.ts";
import { batchOf } from "../src/orders/batches.ts";
import { scenarioNamed } from "../src/orders/scenarios.ts";
import { enterBatch, placeBatch, readOutcome } from "../src/runs/run-batch.ts";
import { variantNamed } from "../src/variants.ts";
import { valid } from "./saga.ts";

const chain = variantNamed("chain");
const named = (name: string) => batchOf(scenarioNamed(name, "a test"), "");
const open = async (shorterCaller?: StepName) =>
  openLocal(chain, {
    assembly: await synthesizeThin(chain, shorterCaller && { shorterCaller }),
    choices: inOrder,
    thin: true,
    keepLogs: true,
  });

describe("a client of the chain that hangs up", () => {
  test("hears nothing more, and his order ships", async () => {
    const deployment = await open();
    const batch = named("client-hangs-up");
    const [placement] = batch.placements;
    const placed = refOf(placement!);
    await enterBatch(batch, deployment);
    const { row } = await readEvidence(deployment.table, placed);
    // It waits for its second try when the client goes.
    expect(row?.status).toBe("RESERVED");
    await deployment.settle([placed]);
    expect(judge(batch, { chain: await readOutcome(batch, deployment) })).toEqual(valid);
  });
});

describe("a caller of the chain with less time than whom it waits for", () => {
  const batch = named("shipping-answer-lost-once");
  const [placement] = batch.placements;
  const said = async (shorterCaller?: StepName) => {
    const deployment = await open(shorterCaller);
    await placeBatch(batch, deployment);
    const logs = await deployment.logs(refOf(placement!));
    const from = logs[0]!.atMs;
    const lines = logs.map(({ step, message, atMs }) => `${Math.floor((atMs - from) / 1000)} s ${step}: ${message}`);
    return { lines, outcome: await readOutcome(batch, deployment) };
  };

  test("is ended while it waits, and whom it called goes on with an order that is released by then", async () => {
    const { lines, outcome } = await said("ChargePayment");
    expect(lines.slice(lines.indexOf("0 s ShipOrder: step started"))).toEqual([
      "0 s ShipOrder: step started",
      "0 s ShipOrder: step failed",
      "10 s RefundPayment: step started",
      "10 s RefundPayment: PaymentRefunded",
      "10 s ReleaseInventory: step started",
      "10 s ReleaseInventory: InventoryReleased",
      "60 s ShipOrder: step started",
      "60 s ShipOrder: step failed",
    ]);
    const [evidence] = outcome.evidence;
    expect(evidence?.row?.status).toBe("INVENTORY_RELEASED");
    expect(brokenInvariants({ ...batch, ends: ["INVENTORY_RELEASED"] }, outcome)).toEqual([]);
  });

  test("lives to hear that the order ships where it outlives whom it called", async () => {
    const { lines, outcome } = await said();
    expect(lines.at(-1)).toBe("60 s ShipOrder: OrderShipped");
    expect(judge(batch, { chain: outcome })).toEqual(valid);
  });
});
