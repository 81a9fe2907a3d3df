import { type Choices, seeded } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deployment } from "../src/clouds/deployment.ts";
import { openLocal } from "../src/clouds/embedded.ts";
import { judge } from "../src/judgement/judge.ts";
import { batchOf } from "../src/orders/batches.ts";
import { scenarios } from "../src/orders/scenarios.ts";
import { runBatch } from "../src/runs/run-batch.ts";
import { onLane } from "./lanes.ts";
import { lawOf, valid } from "./saga.ts";

const twice = <T>(each: readonly T[]): T[] => each.flatMap((one) => [one, one]);

/**
 * What must hold of a variant whose client submits every order twice, and whose cloud delivers twice and in any order.
 */
export function describeDuplicates(variant: Variant, seeds: readonly number[] = [1, 2, 3]): void {
  describe.each(seeds)(`the ${variant.name}, when all comes twice and in any order (seed %i)`, (seed) => {
    let deployment: Deployment;
    const drawn = seeded(seed);
    const answers: boolean[] = [];
    // What a bus delivers, and an Express execution that nobody waits for, may come twice.
    const choices: Choices = {
      choose(optionCount, what) {
        const chosen = drawn.choose(optionCount, what);
        if (what.endsWith(" twice")) answers.push(chosen === 1);
        return chosen;
      },
    };
    beforeAll(async () => {
      const bundle = await onLane("thin", variant);
      const sweeper = variant.differs ? "on" : "off";
      deployment = await openLocal(variant, { ...bundle, choices, duplicates: true, sweeper });
    });
    afterAll(async () => {
      // A fault that never fired proves nothing: where the cloud could, it must have. The sweeper's schedule could too.
      expect(answers.length < 20 || answers.filter(Boolean).length > 10).toBe(true);
      await deployment.close();
    });

    test.each(scenarios)("still $title", async (scenario) => {
      const once = batchOf(scenario, "");
      // Interchangeable orders stay as they are: which of them wins is their scenario.
      const batch = scenario.interchangeable
        ? once
        : { ...once, placements: twice(once.placements), ends: twice(once.ends!) };
      const outcome = await runBatch(batch, deployment);
      expect(judge(batch, { [variant.name]: outcome }, lawOf(variant, batch))).toEqual(valid);
    });
  });
}
