import { expect, test } from "vitest";
import { pair, variants } from "../../src/variants.ts";
import { isWhole, shareOf, shareOfLong, takes } from "../family.ts";

const others = variants.filter((variant) => !pair.includes(variant));
const rows = Array.from({ length: 2 * others.length }, (_, row) => row);

test("each row of a suite runs in the pair, and in one of the others: each time in another one", () => {
  for (const row of rows) {
    expect(pair.every((variant) => takes(variant, row))).toBe(true);
    const taken = others.map((_, turn) => others.filter((variant) => takes(variant, row, turn)));
    for (const by of taken) expect(by).toHaveLength(isWhole ? others.length : 1);
    expect(new Set(taken.flat())).toEqual(new Set(others));
  }
});

test("each of the others has as many rows, and a variant that nobody knows has all", () => {
  for (const variant of others) expect(shareOf(rows, variant)).toHaveLength(isWhole ? rows.length : 2);
  expect(shareOf(rows, { ...pair[0]!, name: "of a test's own" })).toEqual(rows);
});

test("each row of a long suite runs in one variant, another each time, and each variant has as many", () => {
  const long = Array.from({ length: 2 * variants.length }, (_, row) => row);
  for (const turn of long) {
    const taken = variants.map((variant) => shareOfLong(long, variant, turn));
    for (const own of taken) expect(own).toHaveLength(isWhole ? long.length : 2);
    expect(new Set(taken.flat())).toEqual(new Set(long));
  }
  const taking = variants.map((_, turn) => variants.findIndex((variant) => shareOfLong([0], variant, turn).length > 0));
  if (!isWhole) expect(new Set(taking).size).toBe(variants.length);
});
