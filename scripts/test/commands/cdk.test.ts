import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { variants } from "../../src/variants.ts";
import { isWhole } from "../family.ts";

// The CLI takes longer than all orders of a variant.
test.runIf(isWhole).each(variants)("the CDK CLI finds the app of the $name in its folder", ({ folder, stackName }) => {
  const cwd = fileURLToPath(folder);
  const env = { ...process.env, CDK_DISABLE_CLI_TELEMETRY: "1" };
  const { stdout } = spawnSync(`${cwd}/node_modules/.bin/cdk`, ["ls", "--no-notices"], {
    cwd,
    env,
    encoding: "utf8",
  });
  expect(stdout.trim().split("\n")).toContain(stackName);
});

test.each(variants)("the CDK CLI is told of the app of the $name, and is there", ({ folder }) => {
  const { app } = JSON.parse(readFileSync(new URL("cdk.json", folder), "utf8")) as { app: string };
  const files = [...app.split(" "), "node_modules/.bin/cdk"];
  expect(files.filter((file) => !existsSync(new URL(file, folder)))).toEqual([]);
});
