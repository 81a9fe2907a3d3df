import { build } from "esbuild";
import { expect, test } from "vitest";
import { bundleOptions } from "../src/infra/bundle-options.ts";

test("a handler's schemas are interpreted: the setting is there before the first of them is made", async () => {
  const handler =
    'import { config, object } from "zod"; export const set = config().jitless; export const A = object({});';
  const stdin = { contents: handler, resolveDir: import.meta.dirname };
  const { outputFiles } = await build({ ...bundleOptions, stdin, write: false });
  const module = { exports: {} as { set?: boolean } };
  // oxlint-disable-next-line typescript/no-implied-eval -- CommonJS, as Lambda loads it
  new Function("module", "exports", outputFiles[0]!.text)(module, module.exports);
  expect(module.exports.set).toBe(true);
});
