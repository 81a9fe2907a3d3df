import { createRequire } from "node:module";
import { join } from "node:path";
import { codeFolder } from "./opened.ts";

/** Bundles the source of a handler with the SDK, as the handlers of this repository are. */
export async function bundled(source: string): Promise<string> {
  // The packages that the handlers of this repository are bundled from.
  const shared = createRequire(new URL("../../../shared/package.json", import.meta.url));
  const esbuild = shared("esbuild") as { build(options: object): Promise<unknown> };
  const bundle = codeFolder({ "index.ts": source });
  await esbuild.build({
    entryPoints: [join(bundle, "index.ts")],
    outfile: join(bundle, "index.js"),
    nodePaths: ["../../../shared/node_modules", "../../node_modules"].map(
      (path) => new URL(path, import.meta.url).pathname,
    ),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node24",
    logLevel: "error",
  });
  return bundle;
}
