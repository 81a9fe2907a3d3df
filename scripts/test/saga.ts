import { type Evidence, violations } from "@ovsc/shared";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deployment } from "../src/clouds/deployment.ts";
import { endingOf } from "../src/clouds/execution.ts";
import { type Batch, lostStock, type Outcome } from "../src/orders/batch.ts";
import { batchOf } from "../src/orders/batches.ts";
import { type Scenario, scenarios } from "../src/orders/scenarios.ts";
import { runBatch } from "../src/runs/run-batch.ts";
import type { Variant } from "../src/variant.ts";

/**
 * The specification of the saga, for one variant in one place.
 * @param suffix makes the orders' ids fresh, where a place remembers earlier runs
 */
export function describeSaga(variant: Variant, place: string, open: () => Promise<Deployment>, suffix = ""): void {
  describe(`the ${variant} ${place}`, () => {
    let deployment: Deployment;
    beforeAll(async () => {
      deployment = await open();
    });
    afterAll(() => deployment?.close());

    test.each(scenarios)("$title", async (scenario) => {
      const batch = batchOf(scenario, suffix);
      const outcome = await runBatch(batch, deployment);
      expectEnds(scenario, batch, outcome);
      expect(outcome.deadLetters).toBe(0);
      if (variant === "orchestration")
        for (const evidence of outcome.evidence) await expectEnding(evidence, scenario, deployment);
    });
  });
}

/** Every order ended as its scenario says, with nothing charged, shipped or held that should not be. */
export function expectEnds({ interchangeable, ends }: Scenario, batch: Batch, outcome: Outcome): void {
  const statuses = outcome.evidence.map(({ row }) => row?.status ?? "never created");
  if (interchangeable) expect(statuses.toSorted()).toEqual(ends.toSorted());
  else expect(statuses).toEqual(ends);
  expect(outcome.evidence.flatMap(violations)).toEqual([]);
  expect(lostStock(batch, outcome)).toEqual([]);
}

/** A shipped order's execution succeeds with the whole order; any other fails and says why. */
async function expectEnding({ orderId, row }: Evidence, { cause }: Scenario, deployment: Deployment): Promise<void> {
  const ending = await endingOf(orderId, deployment);
  if (row?.status === "SHIPPED") expect(ending).toMatchObject({ status: "SUCCEEDED", output: row.order });
  else expect(ending).toMatchObject({ status: "FAILED", cause });
}
