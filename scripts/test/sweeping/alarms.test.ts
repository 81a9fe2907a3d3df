import { variant as choreography } from "@ovsc/choreography";
import { type Faults, type Happening, inOrder } from "@ovsc/local";
import { variant as orchestration } from "@ovsc/orchestration";
import { resourcesOf, type Variant } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { openLocal } from "../../src/clouds/embedded.ts";
import { synthesizeThin, templateOf } from "../../src/clouds/synthesize.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { variantNamed, variants } from "../../src/variants.ts";
import { shareOf } from "../family.ts";
import { declaredIn } from "../saga.ts";
import { alarmsOff } from "./alarms.ts";

const common = ["FailedSweeps", "ParkedOrders", "Sweeps"];

/** A cloud of its own. @returns what runs a scenario there, and says which alarms went off in it */
async function opened(variant: Variant, faults: Faults = {}): Promise<(name: string) => Promise<string[]>> {
  const happenings: Happening[] = [];
  const assembly = await synthesizeThin(variant);
  const onHappening = (happening: Happening) => happenings.push(happening);
  const options = { assembly, thin: true, choices: inOrder, sweeper: "on", onHappening, faults } as const;
  const deployment = await openLocal(variant, options);
  return async (name) => {
    const batch = batchOf(
      scenarios.find((scenario) => scenario.name === name)!,
      "",
    );
    await runBatch(batch, deployment);
    return alarmsOff(templateOf(variant, assembly), happenings.splice(0)).toSorted();
  };
}

const alarmsIn = async (variant: Variant, name: string, faults: Faults): Promise<string[]> =>
  (await opened(variant, faults))(name);

/** Lets a function die at its first calls, so many. */
function crashing(name: string, times: number): Required<Pick<Faults, "onAwsCall">> {
  let crashed = 0;
  return {
    onAwsCall: ({ functionName }) =>
      functionName.includes(name) && crashed < times ? ((crashed += 1), "crash before") : undefined,
  };
}

describe.each(variants)("the alarms of the $name", (variant) => {
  const calm = opened(variant);

  test.each(shareOf(scenarios, variant))("are off where $title, unless an order is parked", async ({ name, ends }) => {
    const off = await (await calm)(name);
    // What the sweeper settles a person hears of, by more than one.
    if (declaredIn(variant, name).some(({ swept }) => swept)) expect(off).toContain("Sweeps");
    else expect(off).toEqual(ends.includes("NEEDS_ATTENTION") ? ["ParkedOrders"] : []);
  });

  test("go off when any one thing has happened within five minutes, and not for want of data", async () => {
    const alarms = resourcesOf(templateOf(variant, await synthesizeThin(variant)), "AWS::CloudWatch::Alarm");
    expect(alarms.length).toBeGreaterThan(common.length);
    for (const alarm of alarms)
      expect(alarm).toMatchObject({
        Threshold: 0,
        ComparisonOperator: "GreaterThanThreshold",
        EvaluationPeriods: 1,
        TreatMissingData: "notBreaching",
      });
  });

  test("tell of a sweep that failed", async () => {
    // Nobody hears of the order: its first step dies on every try, and so do its undo and the parking.
    const steps = ["CreateOrder", "RefundPayment", "ParkOrder"].map((name) => crashing(name, 3));
    const crashes = [...steps, crashing("Sweep", 1)];
    const alarms = await alarmsIn(variant, "happy", {
      onAwsCall: (call) => crashes.map(({ onAwsCall }) => onAwsCall(call)).find((fault) => fault !== undefined),
    });
    expect(alarms).toEqual(expect.arrayContaining(["FailedSweeps", "Sweeps"]));
  });
});

describe("the alarms tell of what only the sweeper can mend:", () => {
  test("a dead letter of the choreography", async () => {
    const alarms = await alarmsIn(choreography, "refund-fails", crashing("ParkOrder", 3));
    expect(alarms).toEqual(["DeadLettersLeft", "ParkedOrders", "Sweeps"]);
  });

  test("a failure destination of the choreography that loses its record", async () => {
    const faults = { ...crashing("ReserveInventory", 3), onDestination: () => "lose record" as const };
    expect(await alarmsIn(choreography, "happy", faults)).toEqual(["FailedDestinations", "Sweeps"]);
  });

  test("an execution of the orchestration that ended otherwise than the saga does", async () => {
    const alarms = await alarmsIn(orchestration, "refund-fails", crashing("ParkOrder", 3));
    expect(alarms).toEqual(["FailedExecutions", "ParkedOrders", "Sweeps"]);
  });

  test("a workflow that ended otherwise than the saga does", async () => {
    const alarms = await alarmsIn(variantNamed("durable"), "refund-fails", crashing("ParkOrder", 3));
    expect(alarms).toEqual(["ParkedOrders", "StoppedWorkflows", "Sweeps"]);
  });
});
