import { mkdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { thinSdk } from "@ovsc/local/thin-sdk";
import { bundleOptions } from "@ovsc/shared/bundle-options";
import { build, type Plugin } from "esbuild";
import { pair } from "../src/variants.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const path = (file: string): string => join(root, file);

/** A file of the repository, with other text. */
export interface Change {
  readonly file: string;
  readonly source: string;
}

/**
 * Bundles the behaviours with everything of this repository that they run, but for the embedded cloud, and the handlers
 * with the thin SDK: both from changed source. What is not bundled, CDK and the SDK, stays loaded from build to build.
 * @param folder empty, of its own
 * @returns the module to import
 * @throws BuildFailure for source that is none
 */
export async function buildChanged(folder: string, change?: Change): Promise<string> {
  const handlers: Record<string, string> = {};
  for (const { name, folder: own } of pair) {
    const source = fileURLToPath(new URL("src", own));
    const outdir = (handlers[source] = join(folder, name, "handlers"));
    mkdirSync(outdir, { recursive: true });
    await build({
      ...bundleOptions,
      logLevel: "silent",
      entryPoints: [join(source, "handler.ts"), join(source, "sweeper.ts")],
      outdir,
      plugins: [replaced(change ? [change] : []), thinSdk()],
    });
  }
  const outfile = join(folder, "behaviours.mjs");
  await build({
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    logLevel: "silent",
    entryPoints: [path("scripts/mutants/behaviours.ts")],
    outfile,
    plugins: [
      replaced([
        { file: "shared/src/infra/bundle.ts", source: bundledAlready(handlers) },
        { file: "scripts/src/clouds/synthesize.ts", source: synthesizedHere(folder) },
        ...(change ? [change] : []),
      ]),
      installed,
    ],
  });
  return outfile;
}

/** In place of `bundled`: the handlers as they were bundled from the changed source. */
const bundledAlready = (handlers: Readonly<Record<string, string>>): string => `
import { dirname } from "node:path";
import { Code } from "aws-cdk-lib/aws-lambda";
export const bundled = (entry) => Code.fromAsset(${JSON.stringify(handlers)}[dirname(entry)]);
`;

/** In place of the assemblies that are kept: those of the changed source, each synthesized once. */
const synthesizedHere = (folder: string): string => `
import { join } from "node:path";
const made = new Map();
export function synthesizeThin(variant, { profile = "equal" } = {}) {
  const outdir = join(${JSON.stringify(folder)}, variant.name, profile);
  if (!made.has(outdir)) made.set(outdir, make(variant, { outdir, context: { profile } }));
  return made.get(outdir);
}
async function make(variant, props) {
  process.env["CDK_VALIDATION"] ??= "false";
  (await variant.app(props)).synth();
  return props.outdir;
}
export const synthesize = synthesizeThin;
export const [bundleTogether, synthesizeChanged, synthesizeFor, templateOf] = [];
`;

/** Files with other text; and in all, their own address, as if they were not bundled. */
const replaced = (changes: readonly Change[]): Plugin => ({
  name: "replaced",
  setup(esbuild) {
    const sources = new Map(changes.map(({ file, source }) => [file, source]));
    esbuild.onLoad({ filter: /\.ts$/ }, ({ path: own }) => {
      const file = relative(root, own);
      if (file.startsWith("node_modules") || file.includes("/node_modules/")) return undefined;
      const text = sources.get(file) ?? readFileSync(own, "utf8");
      const address = JSON.stringify(pathToFileURL(own).href);
      return { contents: text.replaceAll("import.meta.url", address), loader: "ts" };
    });
  },
});

/** Packages from the registry, and the embedded cloud, are imported from where they are installed. */
const installed: Plugin = {
  name: "installed",
  setup(esbuild) {
    esbuild.onResolve({ filter: /^[^./]/ }, async ({ path: name, pluginData, ...how }) => {
      if (pluginData === installed || name.startsWith("node:")) return undefined;
      if (/^@ovsc\/(?!local)/.test(name)) return undefined;
      const found = await esbuild.resolve(name, { ...how, pluginData: installed });
      return found.errors.length > 0 ? found : { path: found.path, external: true };
    });
  },
};
