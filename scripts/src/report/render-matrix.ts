import { isSettled, type OrderStatus, type Profile } from "@ovsc/shared";
import Table from "cli-table3";
import { type Extent, extents, nameOf } from "../faults/cells.ts";
import type { CellResult } from "../faults/matrix.ts";
import { pair } from "../variants.ts";

const glyphs: Readonly<Record<string, string>> = {
  SHIPPED: "S",
  INVENTORY_FAILED: "F",
  INVENTORY_RELEASED: "R",
  NEEDS_ATTENTION: "P",
  "never created": "0",
};

/** How an order ended, in one letter; `.` where it stays under way for ever, `-` where there was nothing to strike. */
export function glyph(end: string | undefined): string {
  if (end === undefined) return "-";
  return glyphs[end] ?? (isSettled(end as OrderStatus) ? end : ".");
}

const cellText = ({ ends, findings }: CellResult): string =>
  Object.values(ends).map(glyph).join("") + (findings.length > 0 ? " !" : "");

/** The matrix: a line for each step, dependency and kind; a column for each extent; a letter for each variant. */
export function renderMatrix(results: readonly CellResult[], variants: readonly string[]): string {
  const columns = Object.keys(extents) as Extent[];
  const head = ["step", "dependency", "fault", ...columns];
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  const lines = Map.groupBy(results, ({ cell }) => `${cell.step} ${cell.dependency} ${cell.kind}`);
  for (const line of lines.values()) {
    const { step, dependency, kind } = line[0]!.cell;
    const cells = columns.map((extent) => line.find(({ cell }) => cell.extent === extent));
    table.push([step, dependency, kind, ...cells.map((each) => (each ? cellText(each) : ""))]);
  }
  const legend = `a letter for each of ${variants.join(", ")}: S shipped, F inventory failed, R released, P parked,`;
  return `${table.toString()}\n${legend}\n0 never created, . stuck, - not applicable; ! something is wrong there\n`;
}

/** What is wrong in a cell, and the command that shows it again. */
export function renderCell(result: CellResult, profile: Profile): string {
  const { cell, findings } = result;
  const lines = findings.map(({ what, seen }) => `  ${what}: ${JSON.stringify(seen)}`);
  const commands = [`  again: ${again(result, profile)}`, `  trace: ${trace(result, profile)}`];
  return [nameOf(cell), ...lines, ...commands].join("\n");
}

type Shown = Pick<CellResult, "cell" | "ends">;

/** The command that runs a cell again, in the variants that were in it. */
export function again({ cell, ends }: Shown, profile: Profile): string {
  const names = beyondThePair(ends);
  const flag = names.length > 0 ? `--variants ${names.join()} ` : "";
  return `pnpm matrix ${flagOf(profile)}${flag}${nameOf(cell)}`;
}

/** The command that tells what happened in a cell. */
export const trace = ({ cell, ends }: Shown, profile: Profile): string =>
  [`pnpm trace ${flagOf(profile)}${nameOf(cell)}`, ...beyondThePair(ends)].join(" ");

/** The variants to be named: all of a cell, where one is not of the pair that runs anyhow. */
const beyondThePair = (ends: CellResult["ends"]): readonly string[] =>
  Object.keys(ends).every((name) => pair.some((each) => each.name === name)) ? [] : Object.keys(ends);

const flagOf = (profile: Profile): string => (profile === "equal" ? "" : `--profile ${profile} `);
