import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { thinSdk, thinSdkEntries } from "@ovsc/local/thin-sdk";
import { bundleOptions } from "@ovsc/shared/bundle-options";
import { build, type Plugin } from "esbuild";

/**
 * Bundles the handlers of an assembly in another way: the same entries, with plugins of the caller's.
 * @param assembly which stays as it is
 * @param outdir gets the code: see `replaceCode`
 * @param source folder of the entries: `NAME.ts` for each `NAME.js` of the code, in whatever folder below it
 * @throws Error where the assembly has not exactly one asset of code, BuildFailure naming what could not be bundled
 */
export async function rebundle(
  assembly: string,
  outdir: string,
  { source, plugins }: { source: string; plugins: Plugin[] },
): Promise<void> {
  const entryPoints = filesIn(assembly).map((name) => join(source, name.replace(/js$/, "ts")));
  // What fails is thrown.
  await build({ ...bundleOptions, logLevel: "silent", entryPoints, outdir, outbase: source, plugins });
}

/**
 * Bundles the same entries in several versions at once.
 * @param outdir gets a folder for each version, by its name
 * @param plugins among which one reads `FILE?VERSION`
 */
export async function bundleVersions(
  assembly: string,
  outdir: string,
  { source, plugins, versions }: { source: string; plugins: Plugin[]; versions: readonly string[] },
): Promise<void> {
  const files = filesIn(assembly);
  const entryPoints = versions.flatMap((version) =>
    files.map((name) => ({
      in: `${join(source, name.replace(/js$/, "ts"))}?${version}`,
      out: join(version, name.replace(/\.js$/, "")),
    })),
  );
  await build({ ...bundleOptions, logLevel: "silent", entryPoints, outdir, plugins });
}

/**
 * Makes a second cloud assembly that differs from the first in the handlers' code alone. Templates, roles and rules
 * stay the very same, and so does the name of the asset.
 * @param code folder of what was bundled
 */
export function replaceCode(assembly: string, outdir: string, code: string): void {
  cpSync(assembly, outdir, { recursive: true });
  cpSync(code, codeIn(outdir), { recursive: true });
}

/**
 * Gives an assembly that was synthesized without bundling a folder of code: an empty file for each module that its
 * functions name, for `rebundle` to fill.
 * @param source hash of what will be bundled: another one makes another asset, so that an update takes it for a change
 */
export function layEmptyCode(
  assembly: string,
  { stackName, source: version }: { readonly stackName: string; readonly source: string },
): void {
  const [manifest, template] = ["assets", "template"].map((kind) => join(assembly, `${stackName}.${kind}.json`));
  const { files } = JSON.parse(readFileSync(manifest!, "utf8")) as AssetManifest;
  // CDK names an asset that it does not bundle by its construct.
  const [given, { source }] = Object.entries(files).find(([, each]) => each.source.packaging === "zip")!;
  const hash = createHash("sha256").update(given).update(version).digest("hex");
  for (const file of [manifest!, template!])
    writeFileSync(
      file,
      readFileSync(file, "utf8")
        .replaceAll(JSON.stringify(source.path), JSON.stringify(`asset.${hash}`))
        .replaceAll(given, hash),
    );
  for (const [, module] of readFileSync(template!, "utf8").matchAll(/"Handler": "(.+)\.\w+"/g)) {
    const file = join(assembly, `asset.${hash}`, `${module}.js`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
  }
}

/** https://docs.aws.amazon.com/cdk/v2/guide/assets.html, as far as a folder of code needs it. */
interface AssetManifest {
  readonly files: Readonly<Record<string, { readonly source: { readonly path: string; readonly packaging: string } }>>;
}

/** The bundles of an assembly's code, by their paths in it. */
export const filesIn = (assembly: string): string[] =>
  readdirSync(codeIn(assembly), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .toSorted();

/** The folder of an assembly's code. @throws Error where it has not exactly one */
function codeIn(assembly: string): string {
  const assets = readdirSync(assembly).filter((name) => name.startsWith("asset."));
  const [asset] = assets;
  if (!asset || assets.length > 1) throw new Error(`${assembly} has ${assets.length} assets of code instead of one`);
  return join(assembly, asset);
}

/** Bundles the thin SDK by itself, for bundles of handlers to come: see `thinSdk`. */
export async function bundleSdk(outdir: string): Promise<void> {
  const entryPoints = [...thinSdkEntries];
  // What the handlers do not use is left out, and names are shortened, when they are bundled.
  const asModules = { format: "esm", splitting: true, minify: false } as const;
  await build({ ...bundleOptions, ...asModules, inject: [], entryPoints, outdir, plugins: [thinSdk()] });
}
