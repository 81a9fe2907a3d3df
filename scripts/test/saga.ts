import { type OrderStatus, orderStatuses } from "@ovsc/shared";
import type { Difference, Variant } from "@ovsc/shared/variant";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { heldBy } from "../e2e/listed.ts";
import type { Deployment } from "../src/clouds/deployment.ts";
import { declaredFor } from "../src/judgement/declared.ts";
import { judge, type Law, wholeLaw } from "../src/judgement/judge.ts";
import type { Batch } from "../src/orders/batch.ts";
import { batchOf } from "../src/orders/batches.ts";
import { type Scenario, scenarios } from "../src/orders/scenarios.ts";
import { runBatch } from "../src/runs/run-batch.ts";

interface SagaSuite {
  readonly variant: Variant;
  /** All if not given: where there are fewer, not every status is reached. */
  readonly own?: readonly Scenario[];
  /** For the title: in which cloud. */
  readonly where: string;
  readonly open: () => Promise<Deployment>;
  /** Makes the orders' ids fresh, where a cloud remembers earlier runs. */
  readonly suffix?: string;
}

/** The specification of the saga, for one variant in one cloud. */
export function describeSaga({ variant, where, open, own = scenarios, suffix = "" }: SagaSuite): void {
  describe(`the ${variant.name} ${where}`, () => {
    const reached = new Set<OrderStatus>();
    let deployment: Deployment;
    beforeAll(async () => {
      deployment = await open();
    });
    afterAll(() => deployment?.close());

    for (const scenario of own) {
      test(scenario.title, heldBy(variant, { scenario: scenario.name }), async () => {
        const batch = batchOf(scenario, suffix);
        const outcome = await runBatch(batch, deployment);
        for (const { row } of outcome.evidence) for (const status of row?.statuses ?? []) reached.add(status);
        expect(judge(batch, { [variant.name]: outcome }, lawOf(variant, batch))).toEqual(valid);
      });
    }

    // Otherwise an answer of a step, or an ending, is never tried: add a scenario that leads there.
    test.runIf(own === scenarios)("has by then led some order through every status there is", () => {
      expect([...reached].toSorted()).toEqual(orderStatuses.toSorted());
    });
  });
}

/** What a variant says of its orders in a scenario. */
export const declaredIn = (variant: Variant, scenario: string): readonly Difference[] =>
  declaredFor(variant, { scenario, faults: [], profile: "equal" });

/** Everything, but where a variant says that it differs in this scenario. */
export const lawOf = (variant: Variant, { name }: Batch): Law => ({
  ...wholeLaw,
  differing: { [variant.name]: declaredIn(variant, name) },
});

/** The judgement of a batch with which nothing is wrong. */
export const valid = { verdict: "valid", findings: [] };
