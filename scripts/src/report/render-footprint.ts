import Table from "cli-table3";
import type { Footprint, FootprintReport, VariantFootprint } from "../footprint/footprint.ts";
import { changeRequests } from "../footprint/requests.ts";
import { counted } from "./words.ts";

/** What each change request takes, on the variants' own files; what all of them need stands apart. */
export function renderFootprint({ footprints, command }: FootprintReport): string {
  const names = [...new Set(footprints.flatMap(({ variants }) => Object.keys(variants)))];
  const table = new Table({
    head: ["change", ...names, "shared"],
    style: { head: [], border: [], compact: true },
  });
  for (const footprint of footprints) {
    const { request, shared, variants } = footprint;
    const cells = names.map((name) => cellOf(variants[name]));
    table.push([request.name, ...cells, `${counted(shared.files, "file")}, ${counted(shared.lines, "line")}`]);
  }
  return [
    "files and lines of each coordination's own source, what of it is deployed anew, hand-overs that are new or gone:",
    table.toString(),
    ...changeRequests
      .filter(({ name }) => footprints.some(({ request }) => request.name === name))
      .map(({ name, asks, after }) => `${name}: ${asks}${after ? `; after ${after}` : ""}`),
    ...footprints.flatMap(wrongs),
    "the patches: scripts/footprint/",
    `again: ${command}`,
    "",
  ].join("\n");
}

function cellOf(of: VariantFootprint | undefined): string {
  if (!of) return "no patch";
  const { files, lines, deployables, contracts, wrong } = of;
  return [
    `${counted(files, "file")}, ${counted(lines, "line")}`,
    `${counted(deployables.length, "deployable")}, ${counted(contracts.length, "hand-over")}`,
    ...(wrong === undefined ? [] : ["does not hold: see below"]),
  ].join("\n");
}

const wrongs = ({ request, variants }: Footprint): string[] =>
  Object.entries(variants).flatMap(([name, of]) =>
    of?.wrong === undefined ? [] : [`${request.name} in the ${name}: ${of.wrong}`],
  );
