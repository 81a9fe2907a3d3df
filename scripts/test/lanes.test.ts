import type { Variant } from "@ovsc/shared/variant";
import { beforeAll, describe, expect, test } from "vitest";
import { batchOf, drawnBatches } from "../src/orders/batches.ts";
import { scenarios } from "../src/orders/scenarios.ts";
import { pair as variants } from "../src/variants.ts";
import { isWhole, shareOfLong } from "./family.ts";
import { type Live, living, type Story, strike, strikeAtRandom } from "./lanes.ts";

/**
 * `LANES=all` runs every fault at every call, and a thousand seeds. Otherwise it is as much as a few seconds take.
 */
const all = process.env["LANES"] === "all";
const seeds = Array.from({ length: 1_000 }, (_, index) => index + 1);

/** Out of order, a scenario starts many environments. With two orders, there is an order to be chosen. */
const chosen = all ? scenarios : scenarios.filter(({ name }) => name === "last-unit" || name === "refund-fails");

/** Of a few rows, in `test` each runs in one of the two. */
const shareOf = <Row>(rows: readonly Row[], variant: Variant, turn = 0) =>
  rows.filter((_, row) => all || isWhole || (row + turn) % variants.length === variants.indexOf(variant));

const named = (name: string, suffix: string) =>
  batchOf(
    scenarios.find((each) => each.name === name)!,
    suffix,
  );

describe.each(variants)("the $name with the thin SDK does in every detail what the deployed bundle does", (variant) => {
  const own = all ? scenarios : shareOfLong(scenarios, variant);
  const faults = ["crash before", "crash after", "lose answer"] as const;
  let onDeployed: Live;
  let onThin: Live;
  beforeAll(async () => {
    onDeployed = await living(variant, "deployed");
    onThin = await living(variant, "thin");
  });

  async function expectAlike(story: () => Story, atLeast: RegExp, which = ""): Promise<void> {
    const [deployed, thin] = [await onDeployed(story()), await onThin(story())];
    // What never happened proves nothing.
    expect(deployed.filter((line) => atLeast.test(line)).length).toBeGreaterThan(0);
    const first = deployed.findIndex((line, index) => line !== thin[index]);
    expect(thin[first], `${which} line ${first}, after ${deployed[first - 1]}`).toBe(deployed[first]);
    expect(thin.length).toBe(deployed.length);
  }

  test("in every scenario", () =>
    expectAlike(() => ({ batches: own.map((scenario) => ({ batch: batchOf(scenario, "") })) }), /"AwsCall"/));

  test("in any order and with duplicates", () =>
    expectAlike(
      () => ({
        seed: 1,
        duplicates: true,
        batches: shareOf(chosen, variant, 1).map((scenario) => ({ batch: batchOf(scenario, "") })),
      }),
      /^choice/,
    ));

  test.each(shareOf(faults, variant))("where a fault strikes a call: %s", (fault) =>
    expectAlike(() => ({ batches: struck(fault) }), /"Fault"/),
  );

  test.runIf(shareOf(["lost"], variant).length > 0)("where every answer is lost until the SDK gives up", () =>
    expectAlike(() => ({ batches: [{ batch: named("happy", ""), onAwsCall: () => "lose answer" }] }), /TimeoutError/),
  );

  test.runIf(all)(
    `with orders, choices and faults drawn by ${seeds.length} seeds`,
    { timeout: 3_600_000 },
    async () => {
      for (const seed of seeds) {
        const story = () => ({
          seed,
          duplicates: seed % 2 === 0,
          batches: [...drawnBatches(3, seed, "")].map((batch) => ({ batch, onAwsCall: strikeAtRandom(seed) })),
        });
        await expectAlike(story, /"AwsCall"/, `seed ${seed},`);
      }
    },
  );
});

/** The crash suite's orders, struck at their calls, once and on three tries. */
function struck(fault: "crash before" | "crash after" | "lose answer") {
  const calls = { happy: 14, declined: 20, "shipping-refused": 27, "charge-answer-lost": 30 };
  const every = all ? 1 : 20;
  return Object.entries(calls).flatMap(([name, count]) =>
    (all ? [1, 3] : [2]).flatMap((tries) =>
      Array.from({ length: Math.floor(count / every) }, (_, index) => ({
        batch: named(name, `-${fault.replace(" ", "-")}-${tries}-${index}`),
        onAwsCall: strike(fault, index * every, tries),
      })),
    ),
  );
}
