import { expect, test } from "vitest";
import { batchOf } from "../../src/explore/batch-of.ts";
import { openExplored } from "../../src/explore/judged-run.ts";
import { replay } from "../../src/explore/replay.ts";
import { variantNamed } from "../../src/variants.ts";
import { isWhole } from "../family.ts";
import { mistaken } from "./mistakes.ts";

const variant = variantNamed("choreography");
const orders = { seed: 1, run: 1222, most: 5 };
const outage = "server-error of table";
/** The table is away for so long that only sweeps are left, which fail for it one like the other. */
const schedule = [
  { at: "fault at ChargePayment(order-1) try 1: order-table GetItem", nth: 1, take: `${outage} from now on` },
  { at: "fault at record of ChargePayment(order-3)", nth: 1, take: "record-lost" },
  ...[1, 2, 3, 4, 5, 6].map((nth) => ({ at: `${outage}, asked again`, nth, take: "goes on" })),
];

test("an outage ends once only sweeps are left that fail for it, and these bring its orders home", async () => {
  const { violations, unmet } = await replay(await openExplored(variant, { thin: true }), batchOf(orders), schedule);
  expect(unmet).toBe(0);
  expect(violations).toEqual([]);
});

test.runIf(isWhole)("an order that no sweep helps is found after an outage that ended", async () => {
  const helpless = {
    file: "shared/src/sweep.ts",
    find: "await wake(open.record);\n",
    replace: "",
  };
  const helplessUndo = { file: "shared/src/sweep.ts", find: "await wake(await claimed(open, ports));", replace: "" };
  const clouds = await mistaken(variant, [helpless, helplessUndo]);
  const { violations, story, happenings } = await replay(clouds, batchOf(orders), schedule);
  expect(violations.map(({ what }) => what)).toContain("stuck in RESERVED");
  // However often it was swept, a person can read it.
  expect(happenings.length).toBeGreaterThan(1000);
  expect(story.length).toBeLessThan(200);
});
