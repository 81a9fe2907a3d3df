import { describe, expect, test } from "vitest";
import { FaultyCloud } from "../../src/faults/faulty-cloud.ts";
import { Outage } from "../../src/faults/outage.ts";
import { pair as variants } from "../../src/variants.ts";
import { isWhole, shareOfLong } from "../family.ts";

const whole = { shipped: 1, released: 0, parked: 0, stuck: 0 };

describe.each(variants)("an outage in the $name", (variant) => {
  const cloud = FaultyCloud.open(variant, { repeatable: true });

  const costless = [
    ["table", 120],
    ["lambda", 300],
    ["lambda", 600],
  ] as const;
  test.each(shareOfLong(costless, variant))("of the %s for %i s costs no order", async (dependency, seconds) => {
    const { all, during } = await new Outage(await cloud, dependency, 12).lasting(seconds);
    expect({ all, during }).toEqual({ all: whole, during: whole });
  });

  test("of the carrier for an hour costs those that arrive meanwhile, and no other", async () => {
    const outage = new Outage(await cloud, "carrier", 12);
    const { all, during } = await outage.lasting(3_600);
    expect(during.shipped).toBe(0);
    expect(all.shipped).toBeCloseTo(2 / 3);
    // In `test`, of what the README says: see patience.test.ts.
    if (isWhole) expect(await outage.half(180, 3_600)).toBeGreaterThan(180);
  });
});
