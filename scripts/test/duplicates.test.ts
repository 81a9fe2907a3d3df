import { seeded } from "@ovsc/local";
import { violations } from "@ovsc/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lostStock } from "../src/batch.ts";
import { batchOf } from "../src/batches.ts";
import type { Deployment } from "../src/deployment.ts";
import { openLocal } from "../src/local-deployment.ts";
import { runBatch } from "../src/run-batch.ts";
import { scenarios } from "../src/scenario.ts";
import { synthesize } from "../src/synthesize.ts";

describe.each([1, 2, 3])("the choreography, when the bus delivers at least once and in any order (seed %i)", (seed) => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await openLocal("choreography", { assembly: await synthesize("choreography"), choices: seeded(seed), duplicates: true });
  });
  afterAll(() => deployment.close());

  test.each(scenarios)("still $title", async (scenario) => {
    const batch = batchOf(scenario, "");
    const outcome = await runBatch(batch, deployment);
    const statuses = outcome.evidence.map(({ row }) => row?.status ?? "never created");
    if (scenario.interchangeable) expect(statuses.toSorted()).toEqual(scenario.ends.toSorted());
    else expect(statuses).toEqual(scenario.ends);
    expect(outcome.evidence.flatMap(violations)).toEqual([]);
    expect(lostStock(batch, outcome)).toEqual([]);
  });
});
