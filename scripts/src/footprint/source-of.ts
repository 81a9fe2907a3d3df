import { globSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Variant } from "@ovsc/shared/variant";
import { build, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Packages of the project are read, those of others are not; nor is what a module loads when it is asked: its app. */
const othersAside: Plugin = {
  name: "others-aside",
  setup(bundle) {
    bundle.onResolve({ filter: /./ }, ({ kind, path }) => {
      const isOwn = path.startsWith(".") || path.startsWith("@ovsc/");
      return kind === "entry-point" || (isOwn && kind !== "dynamic-import") ? undefined : { path, external: true };
    });
  },
};

/** @returns the files that a variant is made of, from the root of the project: its own, and all that they import */
export async function sourceOf({ folder }: Variant): Promise<ReadonlySet<string>> {
  const own = fileURLToPath(new URL("src", folder));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: globSync("**/*.ts", { cwd: own }).map((file) => join(own, file)),
    outdir: "unwritten",
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    plugins: [othersAside],
  });
  return new Set(Object.keys(metafile.inputs).map((file) => relative(root, join(root, file))));
}
