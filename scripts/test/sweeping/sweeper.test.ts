import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { type AwsCall, type AwsCallFault, type Happening } from "@ovsc/local";
import { endOf, longestRest, refOf, retryBudgets, stepNames, sweeping } from "@ovsc/shared";
import { readEvidence, writePlacement } from "@ovsc/shared/aws";
import { stepLog, type Variant } from "@ovsc/shared/variant";
import { describe, expect } from "vitest";
import type { LocalDeployment } from "../../src/clouds/embedded.ts";
import type { Fault } from "../../src/faults/plan.ts";
import { declaredFor } from "../../src/judgement/declared.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { variants } from "../../src/variants.ts";
import { openWarm } from "../clouds/warm.ts";
import { sharedOfLong, shareOfLong } from "../family.ts";
import { declaredIn } from "../saga.ts";

const named = (name: string) =>
  batchOf(
    scenarios.find((scenario) => scenario.name === name)!,
    "",
  );

interface Opened extends LocalDeployment {
  readonly happenings: readonly Happening[];
  /** What the sweeper did, in the order of time. */
  readonly acts: readonly string[];
}

async function open(
  variant: Variant,
  { onAwsCall, sweeper = "on" }: { onAwsCall?: OnAwsCall; sweeper?: "on" | "off" } = {},
): Promise<Opened> {
  const happenings: Happening[] = [];
  const deployment = await openWarm(variant, {
    thin: true,
    sweeper,
    onHappening: (happening) => happenings.push(happening),
    ...(onAwsCall && { faults: { onAwsCall } }),
  });
  return {
    ...deployment,
    happenings,
    get acts() {
      const lines = happenings.flatMap((each) => (each.type === "Log" ? [stepLog(each.line, each.atMs)] : []));
      return lines.flatMap((line) => (line?.message === "swept" ? [line["act"] as string] : []));
    },
  };
}
type OnAwsCall = (call: AwsCall) => AwsCallFault | undefined;

/** Kills these steps at each of their calls. */
const crashing =
  (...names: readonly string[]): OnAwsCall =>
  ({ functionName }) =>
    names.some((name) => functionName.includes(name)) ? "crash before" : undefined;

const ticks = ({ happenings }: Pick<Opened, "happenings">): number =>
  happenings.filter((each) => each.type === "InvocationStarted" && each.functionName.includes("Sweep")).length;

describe.each(variants)("the sweeper of the $name", (variant) => {
  const test = sharedOfLong(variant);
  const unswept = scenarios.filter(({ name }) => !declaredIn(variant, name).some(({ swept }) => swept));

  test("has nothing to do in any scenario that does not say so, and no tick of it keeps a run going", async () => {
    const deployment = await open(variant);
    for (const scenario of shareOfLong(unswept, variant)) {
      const { sweeps } = await runBatch(batchOf(scenario, ""), deployment);
      expect(sweeps, scenario.name).toBe(0);
    }
    expect(deployment.acts).toEqual([]);
    const before = ticks(deployment);
    await deployment.settle([]);
    expect(ticks(deployment)).toBe(before);
  });

  test("finds a placement of which nobody said that it was placed, and it ships", async () => {
    const deployment = await open(variant);
    const { placements, stock } = named("happy");
    // The stock, by a batch without orders.
    await runBatch({ name: "none", placements: [], stock }, deployment);
    await writePlacement(deployment.table, placements[0]!, () => "2026-01-01T00:00:00.000Z");
    await deployment.settle([]);
    expect(endOf(await readEvidence(deployment.table, refOf(placements[0]!)))).toBe("SHIPPED");
    expect(deployment.acts).toEqual(["say again"]);
    const swept = deployment.happenings.findIndex((each) => each.type === "Log" && each.line.includes('"swept"'));
    const happenings = deployment.happenings.slice(0, swept);
    expect(ticks({ happenings })).toBe(longestRest(retryBudgets.equal) / sweeping.everySeconds);
  });

  test("undoes what three sweeps did not bring on, and parks what three more did not undo", async () => {
    let broken: readonly string[] = stepNames;
    const deployment = await open(variant, { onAwsCall: (call) => crashing(...broken)(call) });
    const { evidence, sweeps } = await runBatch(named("happy"), deployment);
    // It runs ParkOrder itself, so that a step that fails for ever keeps no order from a person.
    const thrice = Array.from({ length: 3 }, () => "say again");
    expect(deployment.acts).toEqual([...thrice, "begin undo", ...thrice, "park"]);
    expect(evidence[0]?.row).toMatchObject({
      statuses: ["REFUNDING", "NEEDS_ATTENTION"],
      reason: { error: "UndoStuck", message: "REFUNDING, and 3 sweeps changed nothing" },
    });
    expect(sweeps).toBe(8);
    broken = [];
    await deployment.settle([]);
    expect(deployment.acts).toHaveLength(8);
  });

  test("does nothing where it is off: the order stays, and the run ends", async () => {
    const deployment = await open(variant, { onAwsCall: crashing(...stepNames), sweeper: "off" });
    const { evidence } = await runBatch(named("happy"), deployment);
    expect(evidence.map(endOf)).toEqual(["never created"]);
    await deployment.pass(24 * 3_600);
    expect(ticks(deployment)).toBe(0);
  });

  test("goes on with the others where it cannot act for one, and comes back to that", async () => {
    let refused = 0;
    const deployment = await open(variant, {
      onAwsCall({ functionName, operation, input }) {
        const isFirst = JSON.stringify(input).includes("-first");
        if (!functionName.includes("Sweep") || !isFirst || refused === 3) return undefined;
        if (!["PutEvents", "StartExecution", "Invoke"].includes(operation)) return undefined;
        refused += 1;
        return { fail: "ThrottlingException" };
      },
    });
    const { placements, stock } = named("happy");
    await runBatch({ name: "none", placements: [], stock: { ...stock, [Object.keys(stock)[0]!]: 10 } }, deployment);
    const [{ order }] = placements as [(typeof placements)[0]];
    const both = ["-first", "-second"].map((suffix) => ({
      placementId: `placement${suffix}`,
      order: { ...order, orderId: `order${suffix}` },
    }));
    for (const each of both) await writePlacement(deployment.table, each, () => "2026-01-01T00:00:00.000Z");
    await deployment.settle([]);
    expect(refused).toBe(3);
    for (const each of both) expect(endOf(await readEvidence(deployment.table, refOf(each)))).toBe("SHIPPED");
    const failed = deployment.happenings.filter((each) => each.type === "InvocationEnded" && each.error);
    expect(failed.length).toBeGreaterThan(0);
    expect(deployment.acts).toEqual(["say again", "say again"]);
  });

  test("rejects a document that does not say whose it is, and does not stumble over it again", async () => {
    const deployment = await open(variant);
    const { table } = deployment;
    const Item = { pk: "PLACEMENT#p-1", sk: "PLACEMENT", state: "PLACED", open: "OPEN", since: "2026", sweeps: "many" };
    await table.client.send(new PutCommand({ TableName: table.name, Item: { ...Item, placementId: "p-2" } }));
    await deployment.settle([]);
    expect(await table.get({ pk: Item.pk, sk: Item.sk })).toMatchObject({ state: "REJECTED" });
    expect(deployment.acts).toEqual([]);
  });

  // Whoever waits for an answer cannot wait as long as a queue: where a variant says so, the order ends otherwise.
  const throttled: Fault = { kind: "throttle", dependency: "lambda", from: 0, until: 50 * 60 };
  const waits = declaredFor(variant, { scenario: "happy", profile: "equal", faults: [throttled] }).length === 0;
  if (!waits) return;
  test("leaves an order to a step that still has tries left, however long they take", async () => {
    // Throttles do not use up tries: 50 minutes of them, at one step after the other.
    const began = new Map<string, number>();
    const deployment = await openWarm(variant, {
      thin: true,
      sweeper: "on",
      faults: {
        onInvocation({ functionName, atMs }) {
          const since = began.get(functionName) ?? began.set(functionName, atMs).get(functionName)!;
          return !functionName.includes("Sweep") && atMs < since + 50 * 60_000 ? "throttle" : undefined;
        },
      },
    });
    const { evidence, sweeps } = await runBatch(named("happy"), deployment);
    expect(evidence.map(endOf)).toEqual(["SHIPPED"]);
    expect(sweeps).toBe(0);
  });
});
