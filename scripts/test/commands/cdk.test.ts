import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { variants } from "../../src/variants.ts";

test.each(variants)("the CDK CLI finds the app of the $name in its folder", ({ folder: url, stackName }) => {
  const folder = fileURLToPath(url);
  const env = { ...process.env, CDK_VALIDATION: "false", CDK_DISABLE_CLI_TELEMETRY: "1" };
  const { stdout } = spawnSync(`${folder}/node_modules/.bin/cdk`, ["ls", "--no-notices"], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  expect(stdout.trim().split("\n")).toContain(stackName);
});
