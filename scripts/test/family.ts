import type { Variant } from "@ovsc/shared/variant";
import { test } from "vitest";
import { pair, variants } from "../src/variants.ts";

/**
 * `FAMILY=all` (`pnpm family`) takes every variant through every row of every suite. Otherwise the pair goes through
 * all of them, and the other variants share them out: of five, each takes every fifth row. So each row runs in the pair
 * and in one of the others, and each variant runs in every suite that has as many rows. A long suite's rows the pair
 * shares out too: each runs in one of the two. What takes longer than it tells waits for `FAMILY=all` too.
 */
export const isWhole = process.env["FAMILY"] === "all";

const others = variants.filter((variant) => !pair.includes(variant));

/**
 * Whether a variant takes a row.
 * @param turn of rows that come again, such as a seed: each time, another variant takes the row
 */
export function takes(variant: Variant, row: number, turn = 0): boolean {
  const place = others.indexOf(variant);
  return isWhole || place < 0 || (row + turn) % others.length === place;
}

/** The rows that a variant takes. */
export const shareOf = <Row>(rows: readonly Row[], variant: Variant, turn = 0): Row[] =>
  rows.filter((_, row) => takes(variant, row, turn));

/** The rows of a long suite that a variant takes: see `shareOf`. */
export function shareOfLong<Row>(rows: readonly Row[], variant: Variant, turn = 0): Row[] {
  const place = pair.indexOf(variant);
  if (isWhole || place < 0) return shareOf(rows, variant, turn);
  return rows.filter((_, row) => (row + turn) % pair.length === place);
}

/** `test` for a suite whose rows are its tests, one after the other. */
export function shared(variant: Variant, turn = 0): (sentence: string, body: () => Promise<void>) => void {
  let row = 0;
  return (sentence, body) => {
    if (takes(variant, row, turn)) test(sentence, body);
    row += 1;
  };
}
