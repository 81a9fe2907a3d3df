import type { Profile } from "@ovsc/shared";
import Table from "cli-table3";
import { exit } from "../failure.ts";
import { curveOf } from "../faults/curve.ts";
import { type Curve, type OutageFile, outageFile } from "../faults/kept.ts";
import { away, lengths, type Outable, type Shares } from "../faults/outage.ts";
import { outFolder, writeOutput } from "../runs/output-files.ts";
import { print } from "../terminal.ts";
import { chosenVariants } from "../variants.ts";

export interface OutageFlags {
  readonly orders: number;
  readonly profile?: Profile;
  readonly json?: true;
  /** Folder for the figures, where all dependencies were taken away. */
  readonly out?: string;
  readonly variants?: string;
}

export const outables = Object.keys(away) as Outable[];

/** `outage`: how long an outage each variant survives. @returns its exit code */
export async function outageCommand(
  { orders, profile = "equal", json, variants, out = outFolder }: OutageFlags,
  ...chosen: string[]
): Promise<number> {
  const curves: Curve[] = [];
  const inAll = 3 * Math.ceil(orders / 3);
  for (const variant of chosenVariants(variants)) {
    for (const dependency of outables.filter((each) => chosen.length === 0 || chosen.includes(each))) {
      if (!variant.dependsOn.includes(dependency)) continue;
      curves.push(await curveOf({ variant, dependency, orders: inAll, profile }));
    }
  }
  const found: OutageFile = { profile, orders: inAll, curves };
  if (chosen.length === 0) writeOutput(out, outageFile(profile), found, "pnpm outage --out DIR");
  print(json ? `${JSON.stringify(found, null, 2)}\n` : outables.map((each) => render(curves, each)).join(""));
  return exit.valid;
}

const percent = ({ shipped, released, parked, stuck }: Shares): string =>
  [shipped, released, parked, stuck].map((share) => `${Math.round(100 * share)}`).join(" / ");

/** A table of a dependency: a line for each length, a column for each variant. */
function render(curves: readonly Curve[], dependency: Outable): string {
  const shown = curves.filter((each) => each.dependency === dependency);
  if (shown.length === 0) return "";
  const head = [`${dependency} away for`, ...shown.map(({ variant }) => variant)];
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const [index, length] of lengths.entries())
    table.push([`${length} s`, ...shown.map(({ points }) => percent(points[index]!.during))]);
  table.push(["half still ship", ...shown.map(half)]);
  return `${table.toString()}\n% shipped / released / parked / stuck, of the orders that arrive meanwhile\n\n`;
}

const half = ({ halfShipSeconds }: Curve): string =>
  halfShipSeconds === undefined ? `over ${lengths.at(-1)} s` : `${halfShipSeconds} s`;
