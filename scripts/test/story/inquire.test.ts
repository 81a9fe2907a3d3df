import { inOrder } from "@ovsc/local";
import { endOf, refOf } from "@ovsc/shared";
import { describe, expect, test } from "vitest";
import { type LocalDeployment, openLocal } from "../../src/clouds/embedded.ts";
import { synthesizeThin } from "../../src/clouds/synthesize.ts";
import { exit } from "../../src/failure.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { renderInquiry } from "../../src/report/render-story.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { findPlaced, inquire } from "../../src/story/inquire.ts";
import { type Moment, type Story, waitedMs } from "../../src/story/story.ts";
import { variants } from "../../src/variants.ts";
import { shareOfLong } from "../family.ts";
import { named } from "./told.ts";

// Whatever a deployed cloud is asked, the embedded one answers by the same calls.
/** A moment and all that led to it. */
function wayTo({ moments }: Story, last: Moment): string[] {
  const way = [last];
  while (way[0]!.cause !== undefined) way.unshift(moments[way[0]!.cause - 1]!);
  return way.map(({ kind, text }) => `${kind} ${text}`);
}

/** Whether anybody says where an order is: a bus has it, or the history of an execution. */
const isSaid = ({ variant, coordination }: LocalDeployment): boolean =>
  variant.dependsOn.includes("event-bus") || coordination.execution !== undefined;

describe.each(variants)("an order of the $name, asked for where it is deployed", (variant) => {
  const opened = (async () => {
    let calls = 0;
    const deployment = await openLocal(variant, {
      assembly: await synthesizeThin(variant),
      choices: inOrder,
      keepLogs: true,
      onHappening(happening) {
        if (happening.type === "AwsCall" && happening.caller.endsWith(":root")) calls += 1;
      },
    });
    return { deployment, calls: () => calls };
  })();

  test.each(shareOfLong(scenarios, variant).map(({ name }) => name))(
    "is where its row is, by whichever way: %s",
    async (name) => {
      const { deployment, calls } = await opened;
      const { evidence } = await runBatch(named(name), deployment);
      for (const each of evidence) {
        const { story, asked } = await inquire(deployment, await findPlaced(deployment, each.placementId), calls);
        const end = endOf(each);
        expect(asked["front controller"].says).toBe(end);
        expect(asked["stamp coupling"].says).toBe(isSaid(deployment) ? end : undefined);
        expect(asked["stateless"].calls).toBe(3);
        const roots = story.moments.filter(({ cause }) => cause === undefined);
        expect(roots.map(({ kind }) => kind)).toEqual(["placed"]);
        expect(story.lanes.map(({ kind }) => kind)).not.toContain("unknown");
      }
    },
  );

  test("has its tries and waits from the logs", async () => {
    const { deployment, calls } = await opened;
    const batch = named("charge-answer-lost", "-tries");
    await runBatch(batch, deployment);
    const { orderId } = refOf(batch.placements[0]!);
    const placed = await findPlaced(deployment, orderId);
    const inquiry = await inquire(deployment, placed, calls);
    const tries = inquiry.story.moments.filter(({ kind, step }) => kind === "started" && step === "ChargePayment");
    // To the second: a workflow takes a moment to fall asleep.
    const waits = tries.map((each) => [each.attempt, Math.floor(waitedMs(inquiry.story, each) / 1000)]);
    expect(waits).toEqual([
      [1, 0],
      [2, 60],
      [3, 120],
    ]);
    const refund = inquiry.story.moments.find(({ kind, step }) => kind === "started" && step === "RefundPayment")!;
    // Where functions call each other, the logs do not tell who called.
    expect(wayTo(inquiry.story, refund).includes("ended failed")).toBe(isSaid(deployment));
    expect(renderInquiry(inquiry, 80)).toMatch(/front controller: INVENTORY_RELEASED; 1 call\n/);
  });

  test("is refused by name where nobody knows it", async () => {
    const { deployment } = await opened;
    await runBatch(named("happy", "-known"), deployment);
    await expect(findPlaced(deployment, "happy-order-1-knwon")).rejects.toMatchObject({
      exitCode: exit.usage,
      message: expect.stringContaining("it knows happy-order-1-known"),
    });
  });
});
