import { exit } from "../../failure.ts";
import { type Footprint, footprintFile, type FootprintReport, footprintOf } from "../../footprint/footprint.ts";
import { changeRequests } from "../../footprint/requests.ts";
import { renderFootprint } from "../../report/render-footprint.ts";
import { outFolder, writeOutput } from "../../runs/output-files.ts";
import { note, print } from "../../terminal.ts";
import { chosenVariants } from "../../variants.ts";

export interface FootprintFlags {
  readonly variants?: string;
  readonly json?: true;
  readonly out?: string;
}

/** What cannot be deployed is a result, and told; what is deployed must end every order as it must. */
const isSound = ({ variants }: Footprint): boolean =>
  Object.values(variants).every((each) => !each.wrong || each.wrong.includes("refuses the assembly"));

/** `footprint`: what change requests take in each variant. @returns its exit code */
export async function footprintCommand(
  { variants, json, out = outFolder }: FootprintFlags,
  ...names: string[]
): Promise<number> {
  const chosen = chosenVariants(variants ?? "all");
  const asked = changeRequests.filter(({ name }) => names.length === 0 || names.includes(name));
  const footprints: Footprint[] = [];
  for (const request of asked) {
    note(`${request.name}: granted in a copy, and compared there\n`);
    footprints.push(await footprintOf(request, chosen));
  }
  const command = ["pnpm footprint", ...names, ...(variants ? ["--variants", variants] : [])].join(" ");
  const report: FootprintReport = { command, footprints };
  writeOutput(out, footprintFile, report, "pnpm footprint --out DIR");
  print(json ? `${JSON.stringify(report, null, 2)}\n` : renderFootprint(report));
  return footprints.every(isSound) ? exit.valid : exit.invalid;
}
