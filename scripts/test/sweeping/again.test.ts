import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { endOf, eventSource, eventVersion, refOf } from "@ovsc/shared";
import { askServices, beginGeneration, readEvidence } from "@ovsc/shared/aws";
import type { DeployedStack, Variant } from "@ovsc/shared/variant";
import { describe, expect, test as inEach } from "vitest";
import type { LocalOptions } from "../../src/clouds/embedded.ts";
import { Injection } from "../../src/faults/injection.ts";
import { lawUnderFaults } from "../../src/faults/law.ts";
import type { FaultPlan } from "../../src/faults/plan.ts";
import { judge } from "../../src/judgement/judge.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { enterBatch, placeBatch, readOutcome } from "../../src/runs/run-batch.ts";
import { variantNamed, variants } from "../../src/variants.ts";
import { reachWarm } from "../clouds/warm.ts";
import { sharedOfLong } from "../family.ts";

const { ends: _ends, cause: _cause, ...batch } = batchOf(scenarioNamed("happy", "a test"), "");
const [placed] = batch.placements.map(refOf) as [ReturnType<typeof refOf>];
const { orderId } = placed;

/** The carrier refuses nobody and answers nobody, so that the order is undone. */
const undone: FaultPlan = [{ kind: "server-error", dependency: "carrier", step: "ShipOrder", attempts: [1, 2, 3] }];
const parked: FaultPlan = [
  ...undone,
  { kind: "server-error", dependency: "payment-gateway", step: "RefundPayment", attempts: [1, 2, 3] },
];

async function open(
  variant: Variant,
  plan: FaultPlan,
  options: Pick<LocalOptions, "sweeper" | "keepLogs" | "onHappening"> = {},
) {
  const injection = new Injection(plan);
  const { deployment, stack } = await reachWarm(variant, { thin: true, faults: injection, ...options });
  const { coordination, table } = deployment;
  const apply = (remedy: string) => {
    const at = deployment.now();
    return coordination.remedies[remedy]!.apply({ placed: [placed], from: at, to: at, events: [] });
  };
  return {
    deployment,
    stack,
    fired: injection.fired,
    apply,
    /** Applies a remedy, and waits until all is quiet. */
    settled: async (remedy: string) => {
      const done = await apply(remedy);
      await deployment.settle([placed]);
      return done;
    },
    look: () => readEvidence(table, placed),
    judged: async () => judge(batch, { [variant.name]: await readOutcome(batch, deployment) }, lawUnderFaults).findings,
  };
}

/** What each ledger holds, by the generation and the step of each entry. */
const ledgersOf = ({ reservations, charges, refunds, shipments }: Awaited<ReturnType<typeof readEvidence>>) => ({
  reservations: reservations.map(({ idempotencyKey, state }) => [key(idempotencyKey), state]),
  charges: charges.map(({ idempotencyKey, state }) => [key(idempotencyKey), state]),
  refunds: refunds.map(({ idempotencyKey }) => key(idempotencyKey)),
  shipments: shipments.map(({ idempotencyKey, state }) => [key(idempotencyKey), state]),
});
const key = (idempotencyKey: string) => idempotencyKey.replace(placed.placementId, "");

const inTwoGenerations = {
  reservations: [
    [".1:ReserveInventory", "RELEASED"],
    [".2:ReserveInventory", "HELD"],
  ],
  charges: [
    [".1:ChargePayment", "REFUNDED"],
    [".2:ChargePayment", "CHARGED"],
  ],
  refunds: [".1:RefundPayment"],
  shipments: [
    [".1:ShipOrder", "VOIDED"],
    [".2:ShipOrder", "SHIPPED"],
  ],
};

describe.each(variants)("an order that begins anew in the $name", (variant) => {
  const test = sharedOfLong(variant);

  inEach("was parked and repaired, and ships: a charge in each generation, the first given back", async () => {
    // An Express execution is cut off before it parks an order that it undoes for so late a step.
    const isParked = !variant.name.startsWith("express");
    const { deployment, fired, look, settled, judged } = await open(variant, isParked ? parked : undone);
    await placeBatch(batch, deployment);
    if (isParked) {
      expect(endOf(await look())).toBe("NEEDS_ATTENTION");
      const left = `left order ${orderId} alone: it is NEEDS_ATTENTION, and was not undone`;
      expect(await settled("again")).toEqual([left]);
      await settled("repair");
    }
    expect(endOf(await look())).toBe("INVENTORY_RELEASED");
    expect(await settled("again")).toEqual([`order ${orderId} begins anew, as generation 2`]);
    const home = await look();
    expect([home.row?.status, home.row?.generation]).toEqual(["SHIPPED", 2]);
    expect(ledgersOf(home)).toEqual(inTwoGenerations);
    expect(await judged()).toEqual([]);
    expect(fired).not.toContain(0);
    expect(await settled("again")).toEqual([`left order ${orderId} alone: it is SHIPPED, and was not undone`]);
    expect(await look()).toEqual(home);
  });

  test("begins once, however often and by how many at a time it is asked to", async () => {
    const { deployment, look, apply, judged } = await open(variant, undone, { keepLogs: true });
    await placeBatch(batch, deployment);
    const begins = [`order ${orderId} begins anew, as generation 2`];
    expect(await Promise.all([apply("again"), apply("again")])).toEqual([begins, begins]);
    expect(await apply("again")).toEqual(begins);
    await deployment.settle([placed]);
    expect(ledgersOf(await look())).toEqual(inTwoGenerations);
    expect((await look()).row?.statuses.filter((status) => status === "PENDING")).toHaveLength(2);
    const created = (await deployment.logs(placed)).filter(({ message }) => message === "OrderCreated");
    // An execution that runs already goes on for this generation, and no other begins.
    if (["orchestration", "hybrid", "durable"].includes(variant.name)) expect(created).toHaveLength(2);
    expect(await judged()).toEqual([]);
  });

  test("may be undone once more, and begin a third time", async () => {
    const plan: FaultPlan = undone.map((fault) => ({ ...fault, attempts: [1, 2, 3, 4, 5, 6] }));
    const { deployment, fired, look, settled, judged } = await open(variant, plan);
    await placeBatch(batch, deployment);
    await settled("again");
    expect(endOf(await look())).toBe("INVENTORY_RELEASED");
    expect(await settled("again")).toEqual([`order ${orderId} begins anew, as generation 3`]);
    expect(endOf(await look())).toBe("SHIPPED");
    expect(await judged()).toEqual([]);
    expect(fired).not.toContain(0);
  });

  test("is left alone where the undo is not finished, and where it is another placement's", async () => {
    const { deployment, apply, look } = await open(variant, undone);
    await placeBatch(batch, deployment);
    const [charge] = (await look()).charges;
    await setState(deployment, `CHARGE#${charge!.idempotencyKey}`, "CHARGED");
    await setState(deployment, `RESERVATION#${(await look()).reservations[0]!.idempotencyKey}`, "HELD");
    const before = await look();
    expect(await apply("again")).toEqual([`left order ${orderId} alone: its undo is not finished: 2 units are held`]);
    expect(await look()).toEqual(before);
    const { remedies } = deployment.coordination;
    const at = deployment.now();
    const another = { orderId, placementId: "another" };
    expect(await remedies["again"]!.apply({ placed: [another], from: at, to: at, events: [] })).toEqual([
      `left order ${orderId} alone: it is another placement's`,
    ]);
  });

  test("is brought to its end by the sweeper where nobody heard that it began", async () => {
    const { deployment, look, judged } = await open(variant, undone, { sweeper: "on" });
    await placeBatch(batch, deployment);
    await beginGeneration(deployment.table, placed, {
      now: () => deployment.now(),
      saysFacts: (await deployment.coordination.published(placed)) !== undefined,
    });
    await deployment.settle([placed]);
    expect(ledgersOf(await look())).toEqual(inTwoGenerations);
    expect(await deployment.sweeps([placed])).toBe(1);
    expect((await judged()).map(({ what }) => what)).toEqual(["took the sweeper to come to an end"]);
  });

  for (const { dependency, step, late } of [
    { dependency: "payment-gateway", step: "ChargePayment", late: "charge" },
    { dependency: "inventory", step: "ReserveInventory", late: "reservation" },
    { dependency: "carrier", step: "ShipOrder", late: "parcel" },
  ] as const) {
    test(`takes no ${late} of its first generation that comes when it is in its second`, async () => {
      const seconds = 20_000;
      const plan: FaultPlan = [{ kind: "late-effect", dependency, step, attempts: [1, 2, 3], seconds }];
      const { deployment, fired, look, apply, judged } = await open(variant, plan);
      await enterBatch(batch, deployment);
      await deployment.pass(seconds / 4);
      expect(endOf(await look())).toBe("INVENTORY_RELEASED");
      await apply("again");
      await deployment.pass(seconds / 4);
      const home = await look();
      expect(endOf(home)).toBe("SHIPPED");
      await deployment.settle([placed]);
      expect(await look()).toEqual(home);
      expect(await judged()).toEqual([]);
      expect(fired).toEqual([3]);
    });
  }
});

describe("who is asked of an order that began anew", () => {
  inEach("tells of its last generation alone", async () => {
    const away = { kind: "throttle", dependency: "lambda", step: "ChargePayment" } as const;
    const plan: FaultPlan = [...undone, { ...away, from: 3_600, until: 5_400 }];
    const { deployment, look, apply } = await open(variantNamed("choreography"), plan);
    await enterBatch(batch, deployment);
    await deployment.pass(3_600);
    await apply("again");
    await deployment.pass(60);
    const reserved = await look();
    expect(endOf(reserved)).toBe("RESERVED");
    // The ids of the generation before are gone from the row.
    expect(reserved.row?.order).toMatchObject({ reservationId: reserved.reservations[1]!.reservationId });
    expect(reserved.row?.order).not.toHaveProperty("chargeId");
    expect(await askServices(deployment.table, placed)).toEqual({ RESERVATION: "HELD" });
    await deployment.settle([placed]);
    const all = { RESERVATION: "HELD", CHARGE: "CHARGED", SHIPMENT: "SHIPPED" };
    expect(await askServices(deployment.table, placed)).toEqual(all);
  });
});

describe("an order whose end nobody has heard", () => {
  inEach("begins anew only once that is said", async () => {
    const variant = variantNamed("choreography");
    const unsaid = { kind: "entry-refused", dependency: "event-bus", step: "ReleaseInventory" } as const;
    const plan: FaultPlan = [...undone, { ...unsaid, attempts: [1, 2, 3] }];
    const { deployment, look, apply, settled } = await open(variant, plan, { sweeper: "on" });
    await enterBatch(batch, deployment);
    await deployment.pass(3_600);
    const before = await look();
    expect(endOf(before)).toBe("INVENTORY_RELEASED");
    expect(await apply("again")).toEqual([`left order ${orderId} alone: its end is not said yet`]);
    expect(await look()).toEqual(before);
    await deployment.settle([placed]);
    expect(await settled("again")).toEqual([`order ${orderId} begins anew, as generation 2`]);
    expect(ledgersOf(await look())).toEqual(inTwoGenerations);
  });
});

describe("news of a generation that is over", () => {
  inEach("changes nothing of the next, and nobody is told that it was rejected", async () => {
    const variant = variantNamed("choreography");
    const { deployment, stack, look, apply } = await open(variant, undone);
    await placeBatch(batch, deployment);
    await apply("again");
    const detail = { version: eventVersion, ...placed, causationId: "late" };
    const bus = { EventBusName: stack.outputs["BusName"], Source: eventSource, Detail: JSON.stringify(detail) };
    const Entries = ["OrderPlaced", "OrderCreated", "RefundStarted", "RepairStarted"].map((DetailType) => ({
      ...bus,
      DetailType,
    }));
    await stack.client(EventBridgeClient).send(new PutEventsCommand({ Entries }));
    await deployment.settle([placed]);
    expect(ledgersOf(await look())).toEqual(inTwoGenerations);
    expect(await deployment.coordination.published(placed)).not.toContain("OrderRejected");
  });
});

/** Whatever a ledger says: what a service never does by itself. */
async function setState({ table }: { table: DeployedStack["table"] }, sk: string, state: string): Promise<void> {
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: { pk: `ORDER#${orderId}`, sk },
      UpdateExpression: "SET #state = :state",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":state": state },
    }),
  );
}
