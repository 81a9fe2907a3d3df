import { variant as choreography } from "@ovsc/choreography";
import type { Faults, Happening } from "@ovsc/local";
import { variant as orchestration } from "@ovsc/orchestration";
import { resourcesOf, type Variant } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { synthesizeThin, templateOf } from "../../src/clouds/synthesize.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed, scenarios } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { variantNamed, variants } from "../../src/variants.ts";
import { openWarm } from "../clouds/warm.ts";
import { shareOf } from "../family.ts";
import { declaredIn } from "../saga.ts";
import { alarmsOff } from "./alarms.ts";

const common = ["FailedSweeps", "ParkedOrders", "Sweeps"];

/** The alarms that go off when a scenario is run in a cloud as new. */
async function alarmsIn(variant: Variant, name: string, faults: Faults = {}): Promise<string[]> {
  const happenings: Happening[] = [];
  const onHappening = (happening: Happening) => happenings.push(happening);
  const deployment = await openWarm(variant, { thin: true, sweeper: "on", onHappening, faults });
  await runBatch(batchOf(scenarioNamed(name, "a test"), ""), deployment);
  return alarmsOff(templateOf(variant, await synthesizeThin(variant)), happenings).toSorted();
}

/** Lets a function die at its first calls, so many. */
function crashing(name: string, times: number): Required<Pick<Faults, "onAwsCall">> {
  let crashed = 0;
  return {
    onAwsCall: ({ functionName }) =>
      functionName.includes(name) && crashed < times ? ((crashed += 1), "crash before") : undefined,
  };
}

describe.each(variants)("the alarms of the $name", (variant) => {
  test.each(shareOf(scenarios, variant))("are off where $title, unless an order is parked", async ({ name, ends }) => {
    const off = await alarmsIn(variant, name);
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
