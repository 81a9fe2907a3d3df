import Table from "cli-table3";
import type { Footprint, FootprintReport, VariantFootprint } from "../footprint/footprint.ts";
import type { Size } from "../footprint/patches.ts";
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
    table.push([request.name, ...names.map((name) => cellOf(variants[name]!)), sizeText(shared)]);
  }
  return [
    "files and lines of each coordination's own source, and of another's that it runs; what of it is deployed anew;",
    "hand-overs that are new or gone; beside them what all variants need:",
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

function cellOf({ own, run, deployables, contracts, wrong }: VariantFootprint): string {
  return [
    sizeText(own),
    ...(run.files > 0 ? [`run: ${sizeText(run)}`] : []),
    `${counted(deployables.length, "deployable")}, ${counted(contracts.length, "hand-over")}`,
    ...(wrong === undefined ? [] : ["does not hold: see below"]),
  ].join("\n");
}

export const sizeText = ({ files, lines }: Size): string => `${counted(files, "file")}, ${counted(lines, "line")}`;

const wrongs = ({ request, variants }: Footprint): string[] =>
  Object.entries(variants).flatMap(([name, of]) =>
    of.wrong === undefined ? [] : [`${request.name} in the ${name}: ${of.wrong}`],
  );
