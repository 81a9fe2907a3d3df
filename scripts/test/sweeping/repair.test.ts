import { endOf, type Evidence, refOf } from "@ovsc/shared";
import { beginRepair, readEvidence } from "@ovsc/shared/aws";
import type { Variant } from "@ovsc/shared/variant";
import { describe, expect } from "vitest";
import type { LocalOptions } from "../../src/clouds/embedded.ts";
import { lawUnderFaults } from "../../src/faults/law.ts";
import { judge } from "../../src/judgement/judge.ts";
import { batchOf } from "../../src/orders/batches.ts";
import { scenarioNamed } from "../../src/orders/scenarios.ts";
import { placeBatch, readOutcome } from "../../src/runs/run-batch.ts";
import { variants } from "../../src/variants.ts";
import { openWarm } from "../clouds/warm.ts";
import { shared } from "../family.ts";

const { ends: _ends, cause: _cause, ...batch } = batchOf(scenarioNamed("shipping-refused", "a test"), "");
const [placed] = batch.placements.map(refOf) as [ReturnType<typeof refOf>];

/** One order in a cloud in which a step dies at each of its calls, until it is mended. */
async function broken(variant: Variant, step: string, sweeper: NonNullable<LocalOptions["sweeper"]> = "off") {
  let isMended = false;
  const deployment = await openWarm(variant, {
    thin: true,
    sweeper,
    faults: {
      onAwsCall: ({ functionName, operation }) =>
        !isMended && functionName.includes(step) && operation !== "GetItem" ? "crash before" : undefined,
    },
  });
  await placeBatch(batch, deployment);
  return {
    deployment,
    mend: () => void (isMended = true),
    repair: async () => {
      const at = deployment.now();
      const done = await deployment.coordination.remedies["repair"]!.apply({
        placed: [placed],
        from: at,
        to: at,
        events: [],
      });
      await deployment.settle([placed]);
      return done;
    },
    look: () => readEvidence(deployment.table, placed),
    judged: async () => judge(batch, { [variant.name]: await readOutcome(batch, deployment) }, lawUnderFaults).findings,
  };
}

/** What an order left, but for the way it took. */
const withoutWay = ({ row, ...ledgers }: Evidence) => ({ ...ledgers, row: { ...row, statuses: [] } });

describe.each(variants)("the repair of a parked order in the $name", (variant) => {
  const test = shared(variant);

  for (const step of ["RefundPayment", "ReleaseInventory"]) {
    test(`whose ${step} failed on every try ends as an unbroken undo does, with each ledger closed once`, async () => {
      const calm = await broken(variant, "nothing");
      const unbroken = await calm.look();
      const { mend, repair, look, judged } = await broken(variant, step);
      const parked = await look();
      expect(endOf(parked)).toBe("NEEDS_ATTENTION");
      expect(parked.row?.reason).toBeDefined();
      mend();
      expect(await repair()).toEqual([`gave order ${placed.orderId} back to its undo`]);
      const repaired = await look();
      expect(endOf(repaired)).toBe("INVENTORY_RELEASED");
      expect(withoutWay(repaired)).toEqual(withoutWay(unbroken));
      expect(await judged()).toEqual([]);
    });
  }

  test("parks it again where nothing was mended, for a new reason, and again gives it back", async () => {
    const { mend, repair, look, judged } = await broken(variant, "RefundPayment");
    await repair();
    const again = await look();
    expect(again.row?.statuses.slice(-3)).toEqual(["NEEDS_ATTENTION", "REFUNDING", "NEEDS_ATTENTION"]);
    expect(again.row?.reason).toBeDefined();
    mend();
    await repair();
    expect(endOf(await look())).toBe("INVENTORY_RELEASED");
    expect(await judged()).toEqual([]);
  });

  test("leaves alone what is not parked", async () => {
    const { repair, look } = await broken(variant, "nothing");
    const before = await look();
    expect(await repair()).toEqual([`left order ${placed.orderId} alone: it is INVENTORY_RELEASED, and not parked`]);
    expect(await look()).toEqual(before);
  });

  test("is brought to its end by the sweeper where nobody heard of it", async () => {
    const { deployment, mend, look } = await broken(variant, "RefundPayment", "on");
    mend();
    await beginRepair(deployment.table, placed, {
      now: () => deployment.now(),
      saysFacts: (await deployment.coordination.published(placed)) !== undefined,
    });
    await deployment.settle([placed]);
    expect(endOf(await look())).toBe("INVENTORY_RELEASED");
    expect(await deployment.sweeps([placed])).toBe(1);
  });
});
