import type { Faults, Happening } from "@ovsc/local";
import { resourcesOf, type Variant } from "@ovsc/shared/variant";
import { describe, expect, test } from "vitest";
import { synthesizeThin, templateOf } from "../../src/clouds/synthesize.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed, scenarios } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { variantNamed, variants } from "../../src/variants.ts";
import { openWarm } from "../clouds/warm.ts";
import { shareOfLong } from "../family.ts";
import { declaredIn } from "../saga.ts";
import { alarming, sweepThatFails } from "./alarming.ts";
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

describe.each(variants)("the alarms of the $name", (variant) => {
  test.each(shareOfLong(scenarios, variant, 1))(
    "are off where $title, unless an order is parked",
    async ({ name, ends }) => {
      const off = await alarmsIn(variant, name);
      // What the sweeper settles a person hears of, by more than one.
      if (declaredIn(variant, name).some(({ swept }) => swept)) expect(off).toContain("Sweeps");
      else expect(off).toEqual(ends.includes("NEEDS_ATTENTION") ? ["ParkedOrders"] : []);
    },
  );

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
    const { scenario, faults, alarms } = sweepThatFails(variant.name);
    expect(await alarmsIn(variant, scenario, faults())).toEqual(expect.arrayContaining([...alarms]));
  });
});

describe("the alarms tell of what only the sweeper can mend:", () => {
  test.each(alarming)("$title, in the $variant", async ({ variant, scenario, faults, alarms }) => {
    expect(await alarmsIn(variantNamed(variant), scenario, faults())).toEqual(alarms);
  });
});
