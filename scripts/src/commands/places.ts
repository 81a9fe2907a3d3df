import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Profile } from "@ovsc/shared";
import type { Variant } from "@ovsc/shared/variant";
import Table from "cli-table3";
import { exit } from "../failure.ts";
import { type HeldFlow, placesFile, type PlacesFile, placesOf, sourceOf } from "../places/places.ts";
import { outFolder, writeOutput } from "../runs/output-files.ts";
import { note, print } from "../terminal.ts";
import { chosenVariants } from "../variants.ts";

export interface PlacesFlags {
  readonly profile?: Profile;
  readonly variants?: string;
  readonly json?: true;
  /** Folder for what was found, and where what was found before of the same source is looked for. */
  readonly out?: string;
}

/** `places`: which resources hold the flow, found by taking each away. @returns its exit code */
export async function placesCommand({
  profile = "equal",
  variants,
  json,
  out = outFolder,
}: PlacesFlags): Promise<number> {
  const before = keptIn(join(out, placesFile), profile);
  const held: HeldFlow[] = [];
  for (const variant of chosenVariants(variants))
    held.push((await known(variant, before)) ?? (await search(variant, profile)));
  const others = before.held.filter(({ variant }) => !held.some((each) => each.variant === variant));
  const found: PlacesFile = { profile, held };
  writeOutput(out, placesFile, { profile, held: [...held, ...others] } satisfies PlacesFile, "pnpm places --out DIR");
  print(json ? `${JSON.stringify(found, null, 2)}\n` : held.map(render).join("\n"));
  return exit.valid;
}

async function search(variant: Variant, profile: Profile): Promise<HeldFlow> {
  note(`taking away each resource of the ${variant.name}\n`);
  return placesOf(variant, { profile });
}

async function known(variant: Variant, { profile, held }: PlacesFile): Promise<HeldFlow | undefined> {
  const kept = held.find((each) => each.variant === variant.name);
  return kept?.source === (await sourceOf(variant, profile)) ? kept : undefined;
}

/** Nothing where nothing was found before, or in another profile. */
function keptIn(file: string, profile: Profile): PlacesFile {
  try {
    const kept = JSON.parse(existsSync(file) ? readFileSync(file, "utf8") : "null") as PlacesFile | null;
    if (kept?.profile === profile && Array.isArray(kept.held)) return kept;
  } catch {
    // What is no JSON is found anew.
  }
  return { profile, held: [] };
}

function render({ variant, resources, places }: HeldFlow): string {
  const head = [
    `${variant}: ${places.length} of ${resources} resources`,
    "without it, no order gets as before through",
  ];
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const { id, type, steps } of places) table.push([`${id} (${type.replace("AWS::", "")})`, steps.join(", ")]);
  return `${table.toString()}\n`;
}
