import { describe, expect, test } from "vitest";
import { follow, whereIs } from "../src/commands/follow.ts";
import { triggerCommand } from "../src/commands/trigger.ts";
import { exit } from "../src/failure.ts";
import { batchOf } from "../src/orders/batches.ts";
import { scenarios } from "../src/orders/scenarios.ts";
import { enterBatch } from "../src/runs/run-batch.ts";
import { variants } from "../src/variants.ts";
import { openWarm } from "./clouds/warm.ts";

describe.each(variants)("an order of the $name", (variant) => {
  test("is where its row says, and can be followed to its end there", async () => {
    const deployment = await openWarm(variant, { thin: true });
    const { table } = deployment;
    const batch = batchOf(
      scenarios.find(({ name }) => name === "shipping-refused")!,
      "",
    );
    const { orderId } = batch.placements[0]!.order;
    const nowhere = { orderId, status: "never created", statuses: [], isSettled: false };
    expect(await whereIs(table, orderId)).toEqual(nowhere);
    await enterBatch(batch, deployment);
    const heard: string[] = [];
    const found = await follow(table, orderId, {
      onStatus: (status) => heard.push(status),
      wait: () => deployment.pass(1),
    });
    expect(found).toMatchObject({ status: "INVENTORY_RELEASED", isSettled: true });
    expect(heard).toEqual(found.statuses);
    expect(heard.length).toBeGreaterThan(5);
    expect(await whereIs(table, orderId)).toEqual(found);
  });

  test("need not be waited for, or the reason is told", async () => {
    const placed = triggerCommand({ wait: false, target: "local" }, variant.name);
    const { clientWaits } = variant;
    await expect(placed).rejects.toMatchObject({
      exitCode: exit.usage,
      message: clientWaits ? expect.stringContaining(clientWaits) : expect.stringMatching(/./),
    });
  });
});

test("a client cannot but wait in the chain, and where the execution is synchronous", () => {
  const waiting = variants.filter(({ clientWaits }) => clientWaits !== undefined).map(({ name }) => name);
  expect(waiting).toEqual(["chain", "express-sync"]);
});
