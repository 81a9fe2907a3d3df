import { type OrderStatus, orderStatuses } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deployment } from "../src/clouds/deployment.ts";
import { judge } from "../src/judgement/judge.ts";
import { batchOf } from "../src/orders/batches.ts";
import { scenarios } from "../src/orders/scenarios.ts";
import { runBatch } from "../src/runs/run-batch.ts";

interface SagaSuite {
  readonly variant: Variant;
  /** For the title: in which cloud. */
  readonly where: string;
  readonly open: () => Promise<Deployment>;
  /** Makes the orders' ids fresh, where a cloud remembers earlier runs. */
  readonly suffix?: string;
}

/** The specification of the saga, for one variant in one cloud. */
export function describeSaga({ variant, where, open, suffix = "" }: SagaSuite): void {
  describe(`the ${variant.name} ${where}`, () => {
    const reached = new Set<OrderStatus>();
    let deployment: Deployment;
    beforeAll(async () => {
      deployment = await open();
    });
    afterAll(() => deployment?.close());

    test.each(scenarios)("$title", async (scenario) => {
      const batch = batchOf(scenario, suffix);
      const outcome = await runBatch(batch, deployment);
      for (const { row } of outcome.evidence) for (const status of row?.statuses ?? []) reached.add(status);
      expect(judge(batch, { [variant.name]: outcome })).toEqual(valid);
    });

    // Otherwise an answer of a step, or an ending, is never tried: add a scenario that leads there.
    test("has by then led some order through every status there is", () => {
      expect([...reached].toSorted()).toEqual(orderStatuses.toSorted());
    });
  });
}

/** The judgement of a batch with which nothing is wrong. */
export const valid = { verdict: "valid", findings: [] };
