import { type Extent, extents, nameOf } from "../faults/cells.ts";
import type { CellResult } from "../faults/matrix.ts";

/**
 * The cells in which variants ended differently, as a Markdown table: a line for how long the fault lasts and how the
 * orders ended, with the number of such cells and one of them.
 * @param variants their names, in the order of the ends
 */
export function renderDifferences(results: readonly CellResult[], variants: readonly string[]): string {
  const differing = results.filter(({ differences }) => differences.length > 0);
  const lines = Object.keys(extents).flatMap((extent) => {
    const lasting = differing.filter(({ cell }) => cell.extent === extent);
    const alike = Map.groupBy(lasting, ({ ends }) => Object.values(ends).join(" | "));
    return [...alike]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .map(([ends, all]) => `| ${extent as Extent} | ${ends} | ${all.length} | \`${nameOf(all[0]!.cell)}\` |`);
  });
  const head = ["the fault lasts", ...variants, "cells", "for instance"];
  return [`| ${head.join(" | ")} |`, `|${"---|".repeat(head.length)}`, ...lines, ""].join("\n");
}
