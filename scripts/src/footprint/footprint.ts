import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { AssemblyRefused, inOrder, openCloud } from "@ovsc/local";
import type { Variant } from "@ovsc/shared/variant";
import { templateOf } from "../clouds/synthesize.ts";
import { variants as registry } from "../variants.ts";
import { apply, fileOf, ownerOf, patchOf, type Size, sizeOf } from "./patches.ts";
import { chainOf, type ChangeRequest, changeRequests } from "./requests.ts";
import { Scratch } from "./scratch.ts";
import { sourceOf } from "./source-of.ts";
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
  readonly variants: Readonly<Record<string, VariantFootprint>>;
}

/** On the files that coordinate: the variant's own, and those of another that it runs. */
export interface VariantFootprint extends TemplateChange {
  readonly own: Size;
  /** In another variant's folder. */
  readonly run: Size;
  /** What `compare` says of the changed variant: nothing where all its orders end as they must, as in the others. */
  readonly wrong: string | undefined;
}

/** Lines that all requests together change in the files that coordinate a variant. */
export async function linesOf(variant: Variant): Promise<number> {
  const source = await sourceOf(variant);
  const sizes = changeRequests.flatMap((request) => Object.values(sizesOf(request, variant, source)));
  return sizes.reduce((sum, { lines }) => sum + lines, 0);
}

/** What a request changes in a variant's own files, and in those of another that it runs. */
function sizesOf(
  request: ChangeRequest,
  variant: Variant,
  source: ReadonlySet<string>,
): Pick<VariantFootprint, "own" | "run"> {
  const owner = ownerOf(variant);
  const others = request.alone?.includes(owner) ? [] : owners.filter((each) => each !== owner);
  const run = others.flatMap((each) => patchOf(request.name, each)).filter((part) => source.has(fileOf(part)));
  return { own: sizeOf(patchOf(request.name, owner)), run: sizeOf(run) };
}

/** Whose patches change what coordinates. */
const owners = [...new Set(registry.map(ownerOf))];

/** Grants a request in a copy of the project, and compares the variants there. */
export async function footprintOf(request: ChangeRequest, variants: readonly Variant[]): Promise<Footprint> {
  const scratch = new Scratch();
  try {
    const steps = chainOf(request);
    for (const { name } of steps.slice(0, -1)) grant(name, scratch);
    const before = templatesIn(await assembliesIn(scratch, variants), variants);
    grant(request.name, scratch);
    const assemblies = await assembliesIn(scratch, variants);
    const after = templatesIn(assemblies, variants);
    const refused = await refusedOf(assemblies);
    const deployable = variants.filter(({ name }) => !refused.has(name));
    const wrong = new Map([...refused, ...(await comparedIn(scratch, deployable))]);
    const found = variants.map(async (variant) => {
      const { name } = variant;
      const change = changeOf(before.get(name)!, after.get(name)!);
      const sizes = sizesOf(request, variant, await sourceOf(variant));
      return [name, { ...sizes, ...change, wrong: wrong.get(name) }] as const;
    });
    const shared = sizeOf(patchOf(request.name, "shared"));
    return { request, shared, variants: Object.fromEntries(await Promise.all(found)) };
  } finally {
    scratch.remove();
  }
}

/** To all, whoever is compared: some run the source of others. */
function grant(request: string, { folder }: Scratch): void {
  for (const owner of ["shared", ...owners]) apply(patchOf(request, owner), folder);
}

/** Folders of cloud assemblies, by variant. */
type Assemblies = Readonly<Record<string, string>>;

async function assembliesIn(scratch: Scratch, variants: readonly Variant[]): Promise<Assemblies> {
  const { isValid, output, errors } = await pnpm(scratch, "synth", ...variants.map(({ name }) => name), "--json");
  if (!isValid) throw new Error(`a patch in scripts/footprint/ does not synthesize: ${errors}`);
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
