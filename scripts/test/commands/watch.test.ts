import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isWhole } from "../family.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const filter = (path: string) => !/\/(cdk\.out|out|test)$/.test(path);

/** A checkout to change: packages as links lead there, and what was installed as a link to here. */
function checkout(): string {
  const copy = mkdtempSync(join(tmpdir(), "checkout-"));
  const packages = ["shared", "choreography", "orchestration", "local", "scripts"];
  for (const name of [...packages, "pnpm-lock.yaml", "pnpm-workspace.yaml"]) {
    cpSync(join(root, name), join(copy, name), { recursive: true, verbatimSymlinks: true, filter });
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

test.runIf(isWhole)("compare --watch shows what a deleted rule does, as the README has it", async () => {
  const copy = checkout();
  const words = ["compare", "--watch", "--scenario", "declined", "--target", "local", "--out", join(copy, "out")];
  const env = { ...process.env, INIT_CWD: undefined, COLUMNS: "80" };
  const child = spawn(process.execPath, [join(copy, "scripts/bin/run.mjs"), ...words], { cwd: copy, env });
  let said = "";
  const heard = (pattern: RegExp): Promise<void> =>
    new Promise((resolve, reject) => {
      child.on("close", () => reject(new Error(`it ended, and said ${said}`)));
      const look = () => pattern.test(said) && resolve();
      child.stdout.on("data", look);
      child.stderr.on("data", look);
    });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));

  await heard(/both variants end alike/);
  said = "";
  const file = join(copy, "choreography/src/rules.ts");
  const rules = readFileSync(file, "utf8");
  const rule = '  { on: "PaymentDeclined", wakes: "ReleaseInventory" },\n';
  expect(rules).toContain(rule);
  writeFileSync(file, rules.replace(rule, ""));
  await heard(/again: pnpm compare/);
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([130, null]);

  const readme = readFileSync(join(root, "README.md"), "utf8");
  const shown = /\n(declined: .*?)\n```/s
    .exec(readme)![1]!
    .split("\n")
    .filter((line) => line !== "…");
  const printed = said.replaceAll(" --target local", "").split("\n");
  expect(shown.filter((line) => !printed.includes(line))).toEqual([]);
});
