import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { variant as choreography } from "@ovsc/choreography";
import { type AwsCall, type AwsCallFault, type Choices, type Happening, inOrder, seeded } from "@ovsc/local";
import { endOf, eventSource, type Placement, refOf } from "@ovsc/shared";
import { readEvidence } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import type { Deployment } from "../../src/clouds/deployment.ts";
import { brokenInvariants, judge } from "../../src/judgement/judge.ts";
import type { Batch } from "../../src/orders/batch.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { renderOrder } from "../../src/report/render-order.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { pair as variants } from "../../src/variants.ts";
import { openWarm, reachWarm } from "../clouds/warm.ts";
import { shareOfLong } from "../family.ts";

const named = (name: string, suffix = ""): Batch =>
  batchOf(
    scenarios.find((scenario) => scenario.name === name)!,
    suffix,
  );

interface Opened extends Deployment {
  readonly happenings: readonly Happening[];
}

async function open(
  variant: Variant,
  { choices = inOrder, onAwsCall }: { choices?: Choices; onAwsCall?: (call: AwsCall) => AwsCallFault | undefined } = {},
): Promise<Opened> {
  const happenings: Happening[] = [];
  const deployment = await openWarm(variant, {
    choices,
    onHappening: (happening) => happenings.push(happening),
    ...(onAwsCall && { faults: { onAwsCall } }),
    keepLogs: true,
  });
  return { ...deployment, happenings };
}

describe.each(variants)("an orderId that two placements want, in the $name", (variant) => {
  test("stays with the first when the second's CreateOrder fails on every try", async () => {
    const batch = named("order-id-taken");
    const [first, second] = batch.placements as [Placement, Placement];
    let [isSecond, crashed] = [false, 0];
    const deployment = await open(variant, {
      onAwsCall: ({ functionName }) => {
        if (!isSecond || !functionName.includes("CreateOrder")) return undefined;
        crashed += 1;
        return "crash before";
      },
    });
    expect((await runBatch({ ...batch, placements: [first] }, deployment)).evidence.map(endOf)).toEqual(["SHIPPED"]);
    const before = await readEvidence(deployment.table, refOf(first));
    isSecond = true;
    await deployment.coordination.place(second);
    await deployment.settle([refOf(second)]);
    expect(crashed).toBe(3);
    expect(await readEvidence(deployment.table, refOf(first))).toEqual(before);
    const evidence = await readEvidence(deployment.table, refOf(second));
    expect([endOf(evidence), evidence.rejection?.error]).toEqual(["REJECTED", "OrderConflict"]);
  });

  test("goes to one of them, whichever comes first, and nothing is done for the other", async () => {
    let schedule: Choices = inOrder;
    const deployment = await open(variant, { choices: { choose: (count, what) => schedule.choose(count, what) } });
    const winners = new Set<number>();
    for (let seed = 1; seed <= 8; seed += 1) {
      schedule = seeded(seed);
      const batch = named("order-id-taken", `-${seed}`);
      const outcome = await runBatch(batch, deployment);
      expect(judge(batch, { [variant.name]: outcome }).findings, `seed ${seed}`).toEqual([]);
      winners.add(outcome.evidence.findIndex(({ row }) => row));
    }
    expect(winners).toEqual(new Set([0, 1]));
  });

  test("is told to the placement that lost, with the reason, where no scenario foresaw it", async () => {
    const deployment = await open(variant);
    const { ends: _ends, cause: _cause, ...batch } = named("order-id-taken");
    const outcome = await runBatch(batch, deployment);
    const lost = outcome.evidence[1]!;
    const { verdict, findings } = judge(batch, { [variant.name]: outcome });
    expect([verdict, findings.map(({ what }) => what)]).toEqual(["invalid", ["was not placed: OrderConflict"]]);
    expect(renderOrder({ evidence: lost, currency: "GBP", ending: outcome.endings[1], story: [], findings })).toMatch(
      /nothing +was placed: OrderConflict: order order-id-taken-order-1 is another than this placement's/,
    );
  });
});

describe.each(variants)("a placement in the $name", (variant) => {
  test("whose CreateOrder fails on every try ends all the same, and a late CreateOrder finds that", async () => {
    const batch = named("happy");
    const deployment = await open(variant, {
      onAwsCall: ({ functionName }) => (functionName.includes("CreateOrder") ? "crash before" : undefined),
    });
    const outcome = await runBatch(batch, deployment);
    expect(brokenInvariants(batch, outcome)).toEqual([]);
    expect(outcome.evidence[0]?.row?.statuses).toEqual([
      "REFUNDING",
      "PAYMENT_REFUNDED",
      "RELEASING",
      "INVENTORY_RELEASED",
    ]);
  });

  test("that the same client makes with other content is refused at once", async () => {
    const deployment = await open(variant);
    const [placement] = named("happy").placements;
    await deployment.coordination.place(placement!);
    const other = { ...placement!, order: { ...placement!.order, quantity: 3 } };
    await expect(deployment.coordination.place(other)).rejects.toMatchObject({ name: "OrderConflict" });
  });

  test("leaves name, address and payment token in the table, and nowhere else", async () => {
    const deployment = await open(variant);
    const own = shareOfLong(scenarios, variant);
    for (const scenario of own) await runBatch(batchOf(scenario, "-private"), deployment);
    const personal = /Ada Lovelace|12 St James|SW1A 1AA|tok_[a-z]+/;
    const elsewhere = deployment.happenings.filter(
      (happening) =>
        happening.type !== "ItemChanged" &&
        !(happening.type === "AwsCall" && happening.service === "dynamodb") &&
        personal.test(JSON.stringify(happening)),
    );
    expect(elsewhere).toEqual([]);
    expect(deployment.happenings.filter((each) => personal.test(JSON.stringify(each))).length).toBeGreaterThan(10);
    for (const { placements } of own.map((scenario) => batchOf(scenario, "-private"))) {
      for (const placement of placements) {
        expect(JSON.stringify(await deployment.coordination.history(refOf(placement)))).not.toMatch(personal);
        const letters = await deployment.coordination.deadLetters([placement.order.orderId]);
        expect(JSON.stringify(letters)).not.toMatch(personal);
        const { output, cause } = (await deployment.coordination.ending(refOf(placement))) ?? {};
        expect(JSON.stringify([output, cause])).not.toMatch(personal);
      }
    }
  });
});

/** The choreography, and a way to say anything on its bus. */
async function openBus() {
  const happenings: Happening[] = [];
  const { deployment, stack } = await reachWarm(choreography, { onHappening: (each) => happenings.push(each) });
  const events = stack.client(EventBridgeClient);
  const EventBusName = stack.outputs["BusName"];
  const say = (DetailType: string, detail: object) => {
    const Entries = [{ EventBusName, Source: eventSource, DetailType, Detail: JSON.stringify(detail) }];
    return events.send(new PutEventsCommand({ Entries }));
  };
  return { deployment, say, happenings };
}

describe("a message in the choreography", () => {
  test("that is forged moves no money but what the row says", async () => {
    const { deployment, say } = await openBus();
    const batch = named("happy");
    const ref = refOf(batch.placements[0]!);
    const forged = {
      version: 2,
      ...ref,
      causationId: "forged",
      reservationId: "RES-1",
      chargeId: "CH-1",
      totalCents: 1,
    };
    const place = async (placement: Placement) => {
      await deployment.coordination.place(placement);
      for (const fact of ["InventoryReserved", "PaymentCharged"]) await say(fact, forged);
      await say("InventoryReserved", { ...forged, placementId: "another" });
    };
    const outcome = await runBatch(batch, { ...deployment, coordination: { ...deployment.coordination, place } });
    expect(outcome.evidence.map(endOf)).toEqual(["SHIPPED"]);
    expect(outcome.evidence[0]?.charges.map(({ amountCents }) => amountCents)).toEqual([4_998]);
    expect(brokenInvariants(batch, outcome)).toEqual([]);
  });

  test("of version 1 is refused by name", async () => {
    const { deployment, say, happenings } = await openBus();
    const { order } = named("happy").placements[0]!;
    await say("OrderPlaced", { version: 1, correlationId: order.orderId, causationId: "client", order });
    await deployment.settle([]);
    const published = happenings.filter(({ type }) => type === "EventPublished");
    expect(published.at(-1)).toMatchObject({
      detailType: "OrderRejected",
      detail: { version: 2, error: "UnsupportedVersion", reason: "version 1 of the event is not supported" },
    });
  });
});
