import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Variant } from "@ovsc/shared/variant";
import { bundleTogether, synthesizeChanged, templateOf } from "../clouds/synthesize.ts";
import { exit, Failure } from "../failure.ts";
import { patchSource } from "./patch-source.ts";
import { patchTemplate } from "./patch-template.ts";
import { patchTogether } from "./patch-together.ts";
import type { Weakening } from "./weakening.ts";
import { weakenings } from "./weakenings.ts";

/**
 * Makes a variant's cloud assembly without one line of defence.
 * @param thin whether its handlers are bundled with the thin SDK, for exploration, or as they are deployed
 * @param code what was bundled of it already, by `weakenTogether`
 * @returns its folder
 * @throws Failure where the variant does not have this line of defence
 */
export async function weaken(
  variant: Variant,
  weakening: Weakening,
  { thin, code }: { thin: boolean; code?: string | undefined },
): Promise<string> {
  const patches = weakening.in[variant.name];
  if (!patches) {
    throw new Failure(`${variant.name} has no ${weakening.name} to take away`, { exitCode: exit.usage });
  }
  const operations = patches.flatMap((patch) => ("template" in patch ? patch.template : []));
  const source = patches.filter((patch) => "file" in patch);
  return synthesizeChanged(variant, {
    thin,
    plugins: source.length > 0 ? [patchSource(source)] : [],
    amend(folder) {
      const template = patchTemplate(templateOf(variant, folder), operations);
      writeFileSync(join(folder, `${variant.stackName}.template.json`), JSON.stringify(template));
    },
    key: patches,
    code,
  });
}

/**
 * Bundles a variant's handlers with the thin SDK without each of its lines of defence, all at once.
 * @param among those that are asked for
 * @returns where the code is, by the weakening's name; undefined where it changes the template alone
 */
export async function weakenTogether(
  variant: Variant,
  among: readonly Weakening[] = weakenings,
): Promise<(name: string) => string | undefined> {
  const versions = new Map(
    among.flatMap(({ name, in: { [variant.name]: patches = [] } }) => {
      const source = patches.filter((patch) => "file" in patch);
      return source.length > 0 ? [[name, source] as const] : [];
    }),
  );
  const how = { versions: [...versions.keys()], plugin: patchTogether(versions), key: [...versions] };
  const folder = await bundleTogether(variant, how);
  return (name) => (versions.has(name) ? join(folder, name) : undefined);
}

/** @param command to try, with one that exists @throws Failure naming the weakenings that exist */
export function weakeningNamed(name: string, command: string): Weakening {
  const weakening = weakenings.find((each) => each.name === name);
  if (weakening) return weakening;
  const names = weakenings.map((each) => each.name).join(", ");
  throw new Failure(`nothing is called ${name} that could be taken away: there are ${names}`, {
    exitCode: exit.usage,
    next: `${command} ${weakenings[0]!.name}`,
  });
}
