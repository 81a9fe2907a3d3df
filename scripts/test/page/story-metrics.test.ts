import { describe, expect, test } from "vitest";
import { storyMetrics } from "../../src/page/scores/story-metrics.ts";
import type { Story } from "../../src/story/story.ts";
import { variants } from "../../src/variants.ts";
import { takes } from "../family.ts";
import { logging, named, storiesIn } from "../story/told.ts";

const counted = (id: string, stories: readonly Story[]): number =>
  storyMetrics.find((metric) => metric.id === id)!.ofStories(stories);

describe.each(variants.filter((variant) => takes(variant, 0)))("what the $name tries again", (variant) => {
  test("counts as retries of one step, and a compensation as begun once, whoever tries it", async () => {
    const run = await logging(variant);
    const of = async (scenario: string) => {
      const stories = storiesIn(await run(named(scenario)));
      return { retries: counted("retries", stories), compensations: counted("compensations", stories) };
    };
    // The refund alone fails, three times.
    expect(await of("refund-fails")).toEqual({ retries: 2, compensations: 1 });
    // The charge fails three times; then the money and the stock go back.
    expect(await of("charge-answer-lost")).toEqual({ retries: 2, compensations: 2 });
    expect(await of("happy")).toEqual({ retries: 0, compensations: 0 });
  });
});
