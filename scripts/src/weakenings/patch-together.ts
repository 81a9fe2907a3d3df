import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin, ResolveResult } from "esbuild";
import { patchText } from "./patch-source.ts";
import type { SourcePatch } from "./weakening.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Our own source, by its path or by the name of its package. Everything else is the same in all versions. */
const own = /^\.{1,2}\/|^@ovsc\//;

/**
 * Bundles several versions of the source at once, for what reads `FILE?VERSION` as an entry. Packages are read and
 * linked once for all of them: that is most of a build.
 * @param versions the patches of each, by its name
 */
export const patchTogether = (versions: ReadonlyMap<string, readonly SourcePatch[]>): Plugin => ({
  name: "patch-together",
  setup(build) {
    const unseen = new Set([...versions].flatMap(([name, patches]) => patches.map(({ file }) => `${file}, ${name}`)));
    const resolved = new Map<string, Promise<ResolveResult>>();
    build.onResolve({ filter: /\?/ }, ({ kind, path }) => {
      const [file, version] = path.split("?") as [string, string];
      return kind === "entry-point" ? { path: file, suffix: `?${version}`, pluginData: version } : undefined;
    });
    build.onResolve({ filter: own }, async ({ path, importer, resolveDir, kind, pluginData: version }) => {
      if (version === undefined) return undefined;
      const key = `${resolveDir} ${path}`;
      const found = resolved.get(key) ?? build.resolve(path, { importer, resolveDir, kind });
      resolved.set(key, found);
      const { path: file, sideEffects } = await found;
      return { path: file, sideEffects, suffix: `?${version as string}`, pluginData: version as string };
    });
    build.onLoad({ filter: /\.ts$/ }, ({ path, pluginData }) => {
      const patches = versions.get(pluginData as string);
      if (!patches) return undefined;
      const file = relative(root, path);
      unseen.delete(`${file}, ${pluginData as string}`);
      const contents = patches.filter((patch) => patch.file === file).reduce(patchText, readFileSync(path, "utf8"));
      return { contents, loader: "ts", pluginData: pluginData as string };
    });
    build.onEnd(() => {
      if (unseen.size > 0) throw new Error(`not in the bundle, so not patched: ${[...unseen].join("; ")}`);
    });
  },
});
