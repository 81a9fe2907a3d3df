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

/** CDK's context for no stack at all, where only the template is looked at: its assets then point to their source. */
export const withoutBundling = { "aws:cdk:bundling-stacks": [] };
