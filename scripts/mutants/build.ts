import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { thinSdk } from "@ovsc/local/thin-sdk";
import { bundleOptions } from "@ovsc/shared/bundle-options";
import { build, type Plugin } from "esbuild";
import { pair } from "../src/variants.ts";
import { impatient } from "./behaviours/impatient.ts";
import { behaviourNames } from "./behaviours/names.ts";
import type { SourceFile } from "./mutant.ts";
import { loading, switchesName, switchSource } from "./switches.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const path = (file: string): string => join(root, file);

/** Whose handlers the behaviours run. */
const built = [...pair, impatient];

export interface Built {
  /** Of the behaviours, to import. */
  readonly module: string;
  /** Of everything that was built, and of what it runs on. */
  readonly hash: string;
  /** The names of the behaviours. */
  readonly behaviours: readonly string[];
}

/**
 * Bundles the behaviours with everything of this repository that they run, but for the embedded cloud, and the handlers
 * with the thin SDK: both with every mutant inside, behind its switch. What is not bundled, CDK and the SDK, stays
 * loaded from mutant to mutant.
 * @param folder empty, of its own
 */
export async function buildMutants(folder: string, instrumented: readonly SourceFile[]): Promise<Built> {
  const switches = join(folder, "switches.js");
  writeFileSync(switches, switchSource);
  const asking = `import { stryMutAct_9fa48, stryCov_9fa48 } from ${JSON.stringify(switches)};\n`;
  const switched = instrumented.map(({ name, content }) => ({ name, content: asking + content }));
  const handlers: Record<string, string> = {};
  const hash = createHash("sha256");
  for (const { name, folder: own } of built) {
    const source = fileURLToPath(new URL("src", own));
    const outdir = (handlers[source] = join(folder, name, "handlers"));
    mkdirSync(outdir, { recursive: true });
    const { outputFiles } = await build({
      ...bundleOptions,
      logLevel: "silent",
      banner: { js: loading.banner },
      footer: { js: loading.footer },
      entryPoints: ["handler", "sweeper", "deadlines"].flatMap((entry) => existing(join(source, `${entry}.ts`))),
      outdir,
      write: false,
      plugins: [replaced(switched), thinSdk()],
    });
    for (const { path: file, contents } of outputFiles) {
      writeFileSync(file, contents);
      hash.update(contents);
    }
  }
  const module = join(folder, "behaviours.mjs");
  await build({
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    logLevel: "silent",
    entryPoints: [path("scripts/mutants/behaviours/index.ts")],
    outfile: module,
    plugins: [
      replaced([
        ...switched,
        { name: "shared/src/infra/bundle.ts", content: bundledAlready(handlers) },
        { name: "scripts/src/clouds/synthesize.ts", content: synthesizedHere(folder) },
      ]),
      installed,
    ],
  });
  hash.update(readFileSync(module, "utf8").replaceAll(folder, ""));
  for (const file of ["pnpm-lock.yaml", ...globSync("local/src/**/*.ts", { cwd: root }).toSorted()])
    hash.update(readFileSync(path(file)));
  return { module, hash: hash.digest("hex").slice(0, 16), behaviours: behaviourNames };
}

const existing = (file: string): string[] => (existsSync(file) ? [file] : []);

/** In place of `bundled`: the handlers as they were bundled with the mutants inside. */
const bundledAlready = (handlers: Readonly<Record<string, string>>): string => `
import { dirname } from "node:path";
import { Code } from "aws-cdk-lib/aws-lambda";
export const bundled = (entry) => Code.fromAsset(${JSON.stringify(handlers)}[dirname(entry)]);
`;

/**
 * In place of the assemblies that are kept: each is synthesized once for each time that this module is loaded. Their
 * code is that of the build, so that no thread compiles it twice.
 */
const synthesizedHere = (folder: string): string => `
import { readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
const own = globalThis.${switchesName}.active === undefined ? "as-it-is" : "changed";
const made = new Map();
export function synthesizeThin(variant, context = {}) {
  const { profile = "equal", ...more } = context;
  const name = [variant.name, profile, ...Object.entries(more).flat()].join("-");
  const outdir = join(${JSON.stringify(folder)}, "thread-" + threadId, own, name);
  if (!made.has(outdir)) made.set(outdir, make(variant, { outdir, context: { profile, ...more } }));
  return made.get(outdir);
}
async function make(variant, props) {
  process.env["CDK_VALIDATION"] ??= "false";
  (await variant.app(props)).synth();
  // CDK copies an asset once for each folder, so the link is there when the folder is written again.
  for (const { name } of readdirSync(props.outdir, { withFileTypes: true }).filter((each) => each.isDirectory())) {
    rmSync(join(props.outdir, name), { recursive: true });
    symlinkSync(join(${JSON.stringify(folder)}, variant.name, "handlers"), join(props.outdir, name));
  }
  return props.outdir;
}
export const templateOf = ({ stackName }, assembly) =>
  JSON.parse(readFileSync(join(assembly, stackName + ".template.json"), "utf8"));
export { synthesizeThin as synthesize, synthesizeThin as synthesizeHere };
export const [bundleTogether, synthesizeChanged, synthesizeFor, synthesizeInto] = [];
`;

/** Files with other text; and in all, their own address, as if they were not bundled. */
const replaced = (changes: readonly SourceFile[]): Plugin => ({
  name: "replaced",
  setup(esbuild) {
    const contents = new Map(changes.map(({ name, content }) => [name, content]));
    esbuild.onLoad({ filter: /\.ts$/ }, ({ path: own }) => {
      const file = relative(root, own);
      if (file.startsWith("node_modules") || file.includes("/node_modules/")) return undefined;
      const text = contents.get(file) ?? readFileSync(own, "utf8");
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
