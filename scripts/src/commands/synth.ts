import { relative } from "node:path";
import type { Profile } from "@ovsc/shared";
import { synthesize } from "../clouds/synthesize.ts";
import { exit } from "../failure.ts";
import { print } from "../terminal.ts";
import { pair as variants, variantNamed } from "../variants.ts";

export interface SynthFlags {
  readonly json?: true;
  readonly profile?: Profile;
}

/** `synth [VARIANT…]`: prints for each the folder of its cloud assembly, from where the reader is. */
export async function synthCommand({ json, profile }: SynthFlags, ...names: string[]): Promise<number> {
  const chosen = names.length > 0 ? [...new Set(names)].map(variantNamed) : variants;
  const folders: [name: string, folder: string][] = [];
  for (const variant of chosen)
    folders.push([variant.name, await synthesize(variant, { ...(profile && { profile }) })]);
  if (json) print(`${JSON.stringify(Object.fromEntries(folders), null, 2)}\n`);
  else {
    const longest = Math.max(...folders.map(([{ length }]) => length));
    const lines = folders.map(([name, folder]) => `${name.padEnd(longest)}  ${relative(process.cwd(), folder)}\n`);
    print(lines.join(""));
  }
  return exit.valid;
}
