import type { Variant } from "@ovsc/shared/variant";
import { test } from "vitest";
import { pair, variants } from "../src/variants.ts";

/**
 * `FAMILY=all` (`pnpm family`) takes every variant through every row of every suite. Otherwise, in `pnpm test`:
 *
 * 1. Of a suite whose rows are short, the pair takes all, and the other variants share them out: of five, each takes
 *    every fifth row. So each row runs in the pair and in one of the others.
 * 2. Of a long suite, all variants share the rows out: each row runs in one of the seven.
 * 3. What searches, or takes more than about half a second for one sentence, waits for `FAMILY=all`, unless nothing
 *    else of its folder would go red where that is broken.
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

/** The rows of a long suite that a variant takes: see `shareOf`. A variant of a test's own takes those of the first. */
export function shareOfLong<Row>(rows: readonly Row[], variant: Variant, turn = 0): Row[] {
  const place = Math.max(0, variants.indexOf(variant));
  return rows.filter((_, row) => isWhole || (row + turn) % variants.length === place);
}

/** `test` for a suite whose rows are its tests, one after the other. */
export const shared = (variant: Variant) => testIf((row) => takes(variant, row));

/** The same for a long suite. */
export const sharedOfLong = (variant: Variant) => testIf((row) => shareOfLong([row], variant, row).length > 0);

function testIf(isTaken: (row: number) => boolean): (sentence: string, body: () => Promise<void>) => void {
  let row = 0;
  return (sentence, body) => {
    if (isTaken(row)) test(sentence, body);
    row += 1;
  };
}
