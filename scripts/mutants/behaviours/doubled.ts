import { seeded } from "@ovsc/local";
import { judge } from "../../src/judgement/judge.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarios } from "../../src/orders/scenarios.ts";
import { runBatch } from "../../src/runs/run-batch.ts";
import { inWords, ofEachVariant, open, openedOnce, type Part } from "./behaviour.ts";

const seeds = [1, 2, 3];

const twice = <T>(each: readonly T[]): T[] => each.flatMap((one) => [one, one]);

/** All comes twice and in any order, and every scenario still ends as it must. */
export const doubled = (): Part[] =>
  seeds.flatMap((seed) => {
    let choices = seeded(seed);
    const cloudOf = openedOnce((variant) =>
      open(variant, { duplicates: true, choices: { choose: (count, what) => choices.choose(count, what) } }),
    );
    return ofEachVariant((variant) =>
      scenarios.map((scenario) => ({
        name: `${scenario.name} twice, seed ${seed}`,
        async wrong() {
          // The same choices whatever was run before.
          choices = seeded(seed);
          const once = batchOf(scenario, "");
          const batch = scenario.interchangeable
            ? once
            : { ...once, placements: twice(once.placements), ends: twice(once.ends!) };
          return inWords(judge(batch, { [variant.name]: await runBatch(batch, await cloudOf(variant)) }).findings);
        },
      })),
    );
  });
