import { type Choices, inOrder, seeded } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judge } from "../src/judgement/judge.ts";
import { batchOf } from "../src/orders/batches.ts";
import { scenarios } from "../src/orders/scenarios.ts";
import { runBatch } from "../src/runs/run-batch.ts";
import { openWarm } from "./clouds/warm.ts";
import { isWhole, shareOfLong } from "./family.ts";
import { lawOf, valid } from "./saga.ts";

const twice = <T>(each: readonly T[]): T[] => each.flatMap((one) => [one, one]);

/**
 * What must hold of a variant whose client submits every order twice, and whose cloud delivers twice and in any order.
 */
export function describeDuplicates(variant: Variant, seeds: readonly number[] = isWhole ? [1, 2, 3] : [1]): void {
  let drawn: Choices = inOrder;
  const answers: boolean[] = [];
  // What a bus delivers, and an Express execution that nobody waits for, may come twice.
  const choices: Choices = {
    choose(optionCount, what) {
      const chosen = drawn.choose(optionCount, what);
      if (what.endsWith(" twice")) answers.push(chosen === 1);
      return chosen;
    },
  };
  const sweeper = variant.differs ? "on" : "off";
  const open = () => openWarm(variant, { thin: true, choices, duplicates: true, sweeper });

  describe.each(seeds)(`the ${variant.name}, when all comes twice and in any order (seed %i)`, (seed) => {
    beforeAll(() => {
      drawn = seeded(seed);
      answers.length = 0;
    });
    afterAll(() => {
      // A fault that never fired proves nothing: where the cloud could, it must have. The sweeper's schedule could too.
      expect(answers.length < 20 || answers.filter(Boolean).length > answers.length / 10).toBe(true);
    });

    test.each(shareOfLong(scenarios, variant, seed))("still $title", async (scenario) => {
      const once = batchOf(scenario, `-${seed}`);
      // Interchangeable orders stay as they are: which of them wins is their scenario.
      const batch = scenario.interchangeable
        ? once
        : { ...once, placements: twice(once.placements), ends: twice(once.ends!) };
      const outcome = await runBatch(batch, await open());
      expect(judge(batch, { [variant.name]: outcome }, lawOf(variant, batch))).toEqual(valid);
    });
  });
}
