import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { AssemblyRefused, inOrder, openCloud } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { templateOf } from "../clouds/synthesize.ts";
import { apply, patchOf, type Size, sizeOf } from "./patches.ts";
import { chainOf, type ChangeRequest, changeRequests } from "./requests.ts";
import { Scratch } from "./scratch.ts";
import { changeOf, type TemplateChange } from "./template-change.ts";

/** What `footprint` leaves for the report. */
export const footprintFile = "footprint.json";
export interface FootprintReport {
  readonly command: string;
  readonly footprints: readonly Footprint[];
}

/** What granting a change request takes in each variant. */
export interface Footprint {
  readonly request: ChangeRequest;
  /** What every variant needs: steps, moves, events, errors. */
  readonly shared: Size;
  /** By variant; nothing for one that has no patch. */
  readonly variants: Readonly<Record<string, VariantFootprint | undefined>>;
}

/** On the coordination's own files. */
export interface VariantFootprint extends Size, TemplateChange {
  /** What `compare` says of the changed variant: nothing where all its orders end as they must, as in the others. */
  readonly wrong: string | undefined;
}

/** Lines that all requests together change in a variant's own files; nothing where it has not a patch of each. */
export function linesOf(variant: string): number | undefined {
  const sizes = changeRequests.map(({ name }) => patchOf(name, variant));
  return sizes.includes(undefined) ? undefined : sizes.reduce((sum, patch) => sum + sizeOf(patch!).lines, 0);
}

/** Grants a request in a copy of the project, and compares the variants there. */
export async function footprintOf(request: ChangeRequest, variants: readonly Variant[]): Promise<Footprint> {
  const own = variants.filter(({ name }) => patchOf(request.name, name));
  const scratch = new Scratch();
  try {
    const steps = chainOf(request);
    for (const { name } of steps.slice(0, -1)) grant(name, own, scratch);
    const before = templatesIn(await assembliesIn(scratch, own), own);
    grant(request.name, own, scratch);
    const assemblies = await assembliesIn(scratch, own);
    const after = templatesIn(assemblies, own);
    const refused = await refusedOf(assemblies);
    const deployable = own.filter(({ name }) => !refused.has(name));
    const wrong = new Map([...refused, ...(await comparedIn(scratch, deployable))]);
    const found = own.map(({ name }) => {
      const change = changeOf(before.get(name)!, after.get(name)!);
      return [name, { ...sizeOf(patchOf(request.name, name)!), ...change, wrong: wrong.get(name) }] as const;
    });
    return { request, shared: sizeOf(patchOf(request.name, "shared") ?? []), variants: Object.fromEntries(found) };
  } finally {
    scratch.remove();
  }
}

function grant(request: string, variants: readonly Variant[], { folder }: Scratch): void {
  for (const owner of ["shared", ...variants.map(({ name }) => name)]) apply(patchOf(request, owner) ?? [], folder);
}

/** Folders of cloud assemblies, by variant. */
type Assemblies = Readonly<Record<string, string>>;

async function assembliesIn(scratch: Scratch, variants: readonly Variant[]): Promise<Assemblies> {
  const { output } = await pnpm(scratch, "synth", ...variants.map(({ name }) => name), "--json");
  return JSON.parse(output) as Assemblies;
}

const templatesIn = (assemblies: Assemblies, variants: readonly Variant[]) =>
  new Map(variants.map((variant) => [variant.name, templateOf(variant, assemblies[variant.name]!)]));

/** What AWS would not deploy, and why. */
async function refusedOf(assemblies: Assemblies): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  for (const [name, folder] of Object.entries(assemblies)) {
    try {
      await openCloud({ assemblies: [folder], choices: inOrder });
    } catch (error) {
      if (!(error instanceof AssemblyRefused)) throw error;
      refused.set(name, error.message);
    }
  }
  return refused;
}

/** @returns what is wrong, by variant: all together where they match, else each by itself */
async function comparedIn(scratch: Scratch, variants: readonly Variant[]): Promise<ReadonlyMap<string, string>> {
  const compare = (names: readonly string[]) => pnpm(scratch, "compare", "--no-report", "--variants", names.join());
  const all = await compare(variants.map(({ name }) => name));
  if (all.isValid) return new Map();
  const wrong = new Map<string, string>();
  for (const { name } of variants) {
    const { isValid, errors } = await compare([name]);
    if (!isValid) wrong.set(name, errors);
  }
  // Each ends as its scenarios say, and they differ: that is said of all.
  return wrong.size > 0 ? wrong : new Map(variants.map(({ name }) => [name, all.errors]));
}

const run = promisify(execFile);

async function pnpm({ folder }: Scratch, ...words: string[]) {
  const { INIT_CWD: _typedIn, ...env } = process.env;
  try {
    const { stdout } = await run(process.execPath, [join(folder, "scripts/bin/run.mjs"), ...words], {
      cwd: folder,
      env,
    });
    return { isValid: true, output: stdout, errors: "" };
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    return {
      isValid: false,
      output: stdout,
      errors: /error: [^]*?(?=\nnext|$)/.exec(stderr)?.[0] ?? stderr.slice(-500),
    };
  }
}
