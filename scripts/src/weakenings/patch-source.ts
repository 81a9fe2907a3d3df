import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import type { SourcePatch } from "./weakening.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/**
 * Bundles handlers from patched source; the files stay as they are. The build fails for a patch whose text is not in
 * its file exactly once, or whose file is not in the bundle.
 */
export const patchSource = (patches: readonly SourcePatch[]): Plugin => ({
  name: "patch-source",
  setup(build) {
    const unseen = new Set(patches.map(({ file }) => file));
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const file = relative(root, path);
      if (!unseen.delete(file)) return undefined;
      const own = patches.filter((patch) => patch.file === file);
      return { contents: own.reduce(patchText, readFileSync(path, "utf8")), loader: "ts" };
    });
    build.onEnd(() => {
      if (unseen.size > 0) throw new Error(`not in the bundle, so not patched: ${[...unseen].join(", ")}`);
    });
  },
});

/** @throws Error where the text is not there exactly once */
export function patchText(text: string, { file, find, replace }: SourcePatch): string {
  const parts = text.split(find);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times instead of once: ${find}`);
  return parts.join(replace);
}
