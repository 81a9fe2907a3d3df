import { describe, expect, test } from "vitest";
import type { FaultPlan } from "../../src/faults/plan.ts";
import { knownIn, ways } from "../../src/story/whereabouts.ts";
import { pair } from "../../src/variants.ts";
import { logging, named, storiesIn } from "./told.ts";

const undone: FaultPlan = [{ kind: "server-error", dependency: "carrier", step: "ShipOrder", attempts: [1, 2, 3] }];

describe.each(pair)("the story of an order that began anew in the $name", (variant) => {
  test("has no fact twice, a cause for each moment but its placing, and its end by each way to ask", async () => {
    const run = await logging(variant);
    const [story, ...others] = storiesIn(await run(named("happy"), undone, { remedy: "again" }));
    expect(others).toEqual([]);
    const { moments } = story!;
    const statuses = moments.flatMap(({ changes }) =>
      changes.flatMap((change) => (change.type === "StatusChanged" ? [change.status] : [])),
    );
    expect(statuses.filter((status) => status === "PENDING")).toHaveLength(2);
    expect(moments.filter(({ isDuplicate }) => isDuplicate).map(({ text }) => text)).toEqual([]);
    expect(moments.filter(({ cause }) => cause === undefined).map(({ kind }) => kind)).toEqual(["placed"]);
    const known = knownIn(story!);
    const begun = known.findLastIndex(({ truth }) => truth === "PENDING");
    expect(known.slice(begun).map(({ truth }) => truth)).not.toContain("PAYMENT_REFUNDED");
    for (const way of ways) expect(known.at(-1)!.answers[way], way).toBe("SHIPPED");
  });
});
