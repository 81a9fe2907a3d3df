import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { AssemblyRefused, inOrder, openCloud } from "@ovsc/local";
import type { Profile } from "@ovsc/shared";
import type { Template, Variant } from "@ovsc/shared/variant";
import { openLocal } from "../clouds/embedded.ts";
import { synthesizeHere, synthesizeThin, templateOf } from "../clouds/synthesize.ts";
import { batchOf } from "../orders/batches.ts";
import { type Scenario, scenarios as named } from "../orders/scenarios.ts";
import type { RunLine } from "../runs/log/run-line.ts";
import { RunLog } from "../runs/log/run-log.ts";
import { placeBatch } from "../runs/run-batch.ts";
import { departure, type Routes, routesIn } from "./route.ts";
import { takeAway } from "./take-away.ts";

/** A resource without which some order goes another way. */
export interface Place {
  /** Its logical id. */
  readonly id: string;
  readonly type: string;
  /** Steps that some order does not get through as it did, each the first in its way that is otherwise. */
  readonly steps: readonly string[];
}

/** Where the flow of a variant is held. */
export interface HeldFlow {
  readonly variant: string;
  /** Of the source that its assembly was made from, so that it is not taken for another's. */
  readonly source: string;
  /** How many resources its template has. */
  readonly resources: number;
  readonly places: readonly Place[];
}

/** What was found is kept as this, for the report. */
export const placesFile = "places.json";

export interface PlacesFile {
  readonly profile: Profile;
  readonly held: readonly HeldFlow[];
}

/** Tells the source of a variant's assembly from any other. */
export const sourceOf = async (variant: Variant, profile: Profile): Promise<string> =>
  basename(await synthesizeHere(variant, { profile }));

/** What says something about the template, and deploys nothing. */
const metadata = "AWS::CDK::Metadata";

export interface Search {
  readonly profile: Profile;
  /** Logical ids to take away; all, if not given. */
  readonly only?: readonly string[];
  /** What is run without each; all that are named, if not given. */
  readonly scenarios?: readonly Scenario[];
}

/** Finds the resources that hold a variant's flow: takes each away and runs the scenarios. */
export async function placesOf(variant: Variant, { profile, only, scenarios = named }: Search): Promise<HeldFlow> {
  const assembly = await synthesizeThin(variant, { profile });
  const template = templateOf(variant, assembly);
  const deployed = (await openCloud({ assemblies: [assembly] })).stacks.get(variant.stackName)!.resources;
  const folder = draftOf(assembly);
  try {
    const without = async (gone: ReadonlySet<string>): Promise<Routes> => {
      const file = join(folder, `${variant.stackName}.template.json`);
      writeFileSync(file, JSON.stringify(takeAway(template, gone, deployed)));
      try {
        return await routesOf(variant, folder, scenarios);
      } catch (error) {
        if (!(error instanceof AssemblyRefused)) throw error;
        // What cannot be deployed without the others goes with them.
        const more = refusedIn(error, template).filter((id) => !gone.has(id));
        if (more.length === 0) throw error;
        return without(new Set([...gone, ...more]));
      }
    };
    const usual = await without(new Set());
    const ids = Object.keys(template.Resources).filter((id) => template.Resources[id]!.Type !== metadata);
    const places: Place[] = [];
    for (const id of only ?? ids) {
      const steps = stepsLeft(usual, await without(new Set([id])));
      if (steps.length > 0) places.push({ id, type: template.Resources[id]!.Type, steps });
    }
    return { variant: variant.name, source: await sourceOf(variant, profile), resources: ids.length, places };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A folder with the files of a cloud assembly, of which one is to be written anew; its assets stay where they are. */
function draftOf(assembly: string): string {
  const folder = mkdtempSync(join(tmpdir(), "places-"));
  for (const name of readdirSync(assembly)) {
    if (name.startsWith("asset.")) symlinkSync(join(assembly, name), join(folder, name));
    else cpSync(join(assembly, name), join(folder, name));
  }
  return folder;
}

const refusedIn = ({ errors }: AssemblyRefused, { Resources }: Template): string[] =>
  errors
    .flatMap((error) => [...(error as Error).message.matchAll(/resource (\w+)/g)].map(([, id]) => id!))
    .filter((id) => id in Resources);

/** @throws AssemblyRefused where the cloud cannot be opened */
async function routesOf(variant: Variant, assembly: string, scenarios: readonly Scenario[]): Promise<Routes> {
  const log = new RunLog(variant.name, 0);
  try {
    const deployment = await openLocal(variant, {
      assembly,
      choices: inOrder,
      thin: true,
      onHappening: (happening) => log.add(happening),
    });
    for (const scenario of scenarios) {
      log.begin(scenario.name);
      // An order that cannot be placed goes no way at all, and the next one is placed all the same.
      await placeBatch(batchOf(scenario, ""), deployment).catch(() => {});
    }
  } catch (error) {
    if (error instanceof AssemblyRefused) throw error;
    // Whoever is to place orders cannot: the stack does not say how, or he may not.
  }
  return routesIn(log.take().lines.map(({ text }) => JSON.parse(text) as RunLine));
}

/** The steps at which orders leave their usual way; `CreateOrder` for an order that never came to one. */
function stepsLeft(usual: Routes, routes: Routes): string[] {
  const left = [...usual].flatMap(([orderId, way]) => {
    const leaves = departure(way, routes.get(orderId) ?? []);
    return leaves ? [leaves.step ?? "CreateOrder"] : [];
  });
  return [...new Set(left)];
}
