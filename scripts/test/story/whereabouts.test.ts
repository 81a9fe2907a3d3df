import { endingNames } from "@ovsc/shared";
import { beforeAll, describe, expect, test } from "vitest";
import { scenarios } from "../../src/orders/scenarios.ts";
import type { Story } from "../../src/story/story.ts";
import { knownIn, ownerOf, type Way, ways, wrongAnswers } from "../../src/story/whereabouts.ts";
import { pair as variants } from "../../src/variants.ts";
import { logging, named, storiesIn } from "./told.ts";

type Run = Awaited<ReturnType<typeof logging>>;
const runs = new Map<string, Run>();
beforeAll(async () => {
  for (const variant of variants) runs.set(variant.name, await logging(variant));
}, 60_000);
let count = 0;

async function storiesOf(variant: string, scenario: string): Promise<Story[]> {
  count += 1;
  return storiesIn(await runs.get(variant)!(named(scenario, `-${count}`)));
}

/** The wrong answers of a way that lasted for any time: what it said, what was so, for how many seconds. */
function lasting(story: Story, way: Way) {
  const wrong = wrongAnswers(story, knownIn(story)).filter((each) => each.way === way && each.lastedMs > 0);
  return wrong.map(({ said, truth, lastedMs }) => [said, truth, lastedMs / 1000]);
}

describe.each(variants)("where an order of the $name is", ({ name: variant }) => {
  test.each(scenarios.map(({ name }) => name))("is known to row and message in the end: %s", async (scenario) => {
    for (const story of await storiesOf(variant, scenario)) {
      const { truth, answers } = knownIn(story).at(-1)!;
      expect(endingNames).toContain(truth);
      expect(answers["front controller"]).toBe(truth);
      expect(answers["stamp coupling"]).toBe(truth);
      // The services of a parked order know how far they came, and not that anybody must see to it.
      if (truth !== "NEEDS_ATTENTION") expect(answers.stateless).toBe(truth);
    }
  });

  test("is known to the gateway alone, as long as it is charged and nobody heard", async () => {
    const [story] = await storiesOf(variant, "charge-answer-lost");
    expect(lasting(story!, "front controller")).toEqual([["RESERVED", "CHARGED", 180]]);
    expect(lasting(story!, "stamp coupling")).toEqual([["RESERVED", "CHARGED", 180]]);
    expect(lasting(story!, "stateless")).toEqual([]);
  });

  test("is known to the row alone, as long as a refund is tried", async () => {
    const [story] = await storiesOf(variant, "refund-fails");
    expect(lasting(story!, "front controller")).toEqual([]);
    expect(lasting(story!, "stateless")).toEqual([["SHIPPING_FAILED", "REFUNDING", 180]]);
    expect(lasting(story!, "stamp coupling")).toEqual([["SHIPPING_FAILED", "REFUNDING", 180]]);
  });

  test("is told to each placement by its own end", async () => {
    const [story] = await storiesOf(variant, "order-id-taken");
    const [first, second] = story!.placements;
    expect(ownerOf(story!)).toBe(first);
    const last = knownIn(story!, second).at(-1)!;
    expect([last.truth, ...ways.map((way) => last.answers[way])]).toEqual([
      "REJECTED",
      "REJECTED",
      undefined,
      "REJECTED",
    ]);
  });

  test("is known to the services first, between an effect and the move of the row", async () => {
    const [story] = await storiesOf(variant, "happy");
    const charged = story!.moments.find(({ changes }) =>
      changes.some((each) => each.type === "LedgerChanged" && each.ledger === "CHARGE"),
    );
    expect(knownIn(story!).find(({ moment }) => moment === charged!.index)).toMatchObject({
      truth: "CHARGED",
      answers: { "front controller": "RESERVED", stateless: "CHARGED", "stamp coupling": "RESERVED" },
    });
  });
});
