import { type Happening, seeded } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deployment } from "../src/clouds/deployment.ts";
import { openLocal } from "../src/clouds/embedded.ts";
import { judge } from "../src/judgement/judge.ts";
import { batchOf } from "../src/orders/batches.ts";
import { scenarios } from "../src/orders/scenarios.ts";
import { runBatch } from "../src/runs/run-batch.ts";
import { onLane } from "./lanes.ts";
import { valid } from "./saga.ts";

const twice = <T>(each: readonly T[]): T[] => each.flatMap((one) => [one, one]);

/**
 * What must hold of a variant whose client submits every order twice, and whose cloud delivers twice and in any order.
 */
export function describeDuplicates(variant: Variant, seeds: readonly number[] = [1, 2, 3]): void {
  describe.each(seeds)(`the ${variant.name}, when all comes twice and in any order (seed %i)`, (seed) => {
    let deployment: Deployment;
    const deliveries = new Map<string, number>();
    const onHappening = (happening: Happening) => {
      if (happening.type !== "Delivery") return;
      const delivery = `${happening.eventId} ${happening.target}`;
      deliveries.set(delivery, (deliveries.get(delivery) ?? 0) + 1);
    };
    beforeAll(async () => {
      const bundle = await onLane("thin", variant);
      deployment = await openLocal(variant, { ...bundle, onHappening, choices: seeded(seed), duplicates: true });
    });
    afterAll(async () => {
      // A fault that never fired proves nothing: where a bus delivers, it must have delivered twice.
      const times = [...deliveries.values()];
      expect(times.length === 0 || times.filter((each) => each > 1).length > 10).toBe(true);
      await deployment.close();
    });

    test.each(scenarios)("still $title", async (scenario) => {
      const once = batchOf(scenario, "");
      // Interchangeable orders stay as they are: which of them wins is their scenario.
      const batch = scenario.interchangeable
        ? once
        : { ...once, placements: twice(once.placements), ends: twice(once.ends!) };
      expect(judge(batch, { [variant.name]: await runBatch(batch, deployment) })).toEqual(valid);
    });
  });
}
