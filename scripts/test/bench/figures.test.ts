import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Figures } from "../../src/bench/figures.ts";
import { inTurns, spread } from "../../src/bench/spread.ts";

const of = (median: number) => ({ median, least: median - 0.1, most: median + 0.1 });

const busy = (rounds: number) => async () => {
  let sum = 0;
  for (let round = 0; round < rounds * 1_000_000; round += 1) sum += Math.sqrt(round);
  return sum > 0 ? 1 : 0;
};

test("a slowdown is seen in the next run on the same machine, and not on another", () => {
  const file = join(mkdtempSync(join(tmpdir(), "figures-")), "out", "bench.ndjson");
  expect(new Figures(file, "one").keep("ratio", of(1), "2026-11-20T10:00:00Z")).toBe("");
  expect(new Figures(file, "one").keep("ratio", of(0.9), "2026-11-21T10:00:00Z")).toBe(
    ", as before: 1.00 on 2026-11-20",
  );
  expect(new Figures(file, "one").keep("ratio", of(0.6), "2026-11-22T10:00:00Z")).toBe(
    ", SLOWER than 0.90 on 2026-11-21",
  );
  expect(new Figures(file, "two").keep("ratio", of(0.1), "2026-11-23T10:00:00Z")).toBe("");
});

test("a spread is the median with the least and the most", () => {
  expect(spread([3, 1, 7, 5, 2])).toEqual({ median: 3, least: 1, most: 7 });
});

test("work that takes five times as long has a fifth of the rate", async () => {
  const { ratio } = await inTurns(busy(5), busy(1), { turnMs: 20, warmUpMs: 20 });
  expect(ratio.median).toBeGreaterThan(0.1);
  expect(ratio.median).toBeLessThan(0.4);
});
