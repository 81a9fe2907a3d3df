import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";

/** How handlers are bundled: one CommonJS file with everything they import. */
export const bundleOptions = {
  bundle: true,
  minify: true,
  platform: "node",
  target: "node24",
  format: "cjs",
  mainFields: ["module", "main"],
  legalComments: "none",
  inject: [fileURLToPath(new URL("../aws/interpret-schemas.ts", import.meta.url))],
  logLevel: "warning",
} satisfies BuildOptions;
