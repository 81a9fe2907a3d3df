import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, openSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { way } from "../../bin/way.mjs";
import { isWhole } from "../family.ts";

const launcher = fileURLToPath(new URL("../../bin/run.mjs", import.meta.url));

/** Runs a command as a shell would. @param stdout a file to write to, in place of being returned */
function started(words: readonly string[], { stdout, typedIn }: { stdout?: string; typedIn?: string } = {}) {
  const env = { ...process.env, INIT_CWD: typedIn, npm_config_user_agent: undefined, AWS_ENDPOINT_URL: undefined };
  const out = stdout === undefined ? "pipe" : openSync(stdout, "w");
  return spawnSync(process.execPath, [launcher, ...words], { env, stdio: ["ignore", out, "pipe"], encoding: "utf8" });
}

describe("the launcher", () => {
  const words = ["compare", "--json"];
  const here = { node: "20.20.2", ownNode: "there", agent: "pnpm/12.21.0 npm/? node/?", words } as const;

  test("runs in a Node.js that is new enough, and otherwise in the one that the install brought", () => {
    expect(way({ ...here, node: "24.21.0" })).toEqual({ run: "in this process" });
    expect(way(here)).toEqual({ run: "in its own Node" });
  });

  test("says what to type where no install has run", () => {
    expect(way({ ...here, ownNode: "missing", agent: undefined })).toEqual({
      error: "this needs Node.js 24 and was started with 20.20.2, and the install that brings it has not run",
      next: "npx -y pnpm@12 compare --json",
    });
  });

  test("says what to type after an install that ran no scripts", () => {
    expect(way({ ...here, ownNode: "not built" })).toMatchObject({ next: "npx -y pnpm@12 rebuild" });
  });

  test.each(["9.15.9", "10.34.9", "11.28.11"])("lets pnpm %s print no banner into JSON", (version) => {
    const agent = `pnpm/${version} npm/? node/v20.20.2 linux x64`;
    expect(way({ ...here, agent })).toEqual({
      error: `pnpm/${version} prints a banner of its own into what --json prints`,
      next: "npx -y pnpm@12 compare --json",
    });
    expect(way({ ...here, agent, words: ["compare"] })).toEqual({ run: "in its own Node" });
  });

  test("refuses a command that there is none of, and names those that there are", () => {
    const { status, stderr } = started(["comparee"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: unknown command "comparee": there are .*compare, .*trigger\nnext: /);
  });

  test("says in a sentence that packages are missing", () => {
    const checkout = mkdtempSync(join(tmpdir(), "checkout-"));
    cpSync(fileURLToPath(new URL("../../bin", import.meta.url)), join(checkout, "scripts/bin"), { recursive: true });
    mkdirSync(join(checkout, "scripts/src/usage"), { recursive: true });
    writeFileSync(join(checkout, "scripts/src/usage/compare.ts"), 'import "commander";\n');
    const { status, stderr } = spawnSync(process.execPath, [join(checkout, "scripts/bin/run.mjs"), "compare"], {
      encoding: "utf8",
    });
    expect(stderr).toBe(
      "error: Cannot find package 'commander': an install is missing or not complete\nnext: npx -y pnpm@12 install\n",
    );
    expect(status).toBe(4);
  });
});

describe("a command", () => {
  test("ends 4 with a sentence when the disk is full", () => {
    const { status, stderr } = started(["synth", "orchestration"], { stdout: "/dev/full" });
    expect(stderr).toContain("error: cannot write to stdout: ENOSPC");
    expect(stderr).not.toContain("    at ");
    expect(status).toBe(4);
  });

  test("keeps its verdict, and says so, when its reader leaves", () => {
    const script = `"${process.execPath}" "${launcher}" synth orchestration | true; echo "ended \${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
    expect(stdout).toBe("ended 0\n");
    expect(stderr).toContain("stdout was closed by its reader, so the rest is not printed");
    expect(stderr).not.toContain("    at ");
  });

  test.runIf(isWhole)("takes a path from where it was typed, and prints one from there", () => {
    const scripts = fileURLToPath(new URL("../..", import.meta.url));
    expect(started(["synth", "orchestration"], { typedIn: scripts }).stdout).toMatch(
      /^orchestration {2}\.\.\/orchestration\/cdk\.out\/[0-9a-f]{16}\n$/,
    );
    const { status, stderr } = started(["trigger", "orchestration", "--order", "no-such.json"], { typedIn: scripts });
    expect(stderr).toContain("no such file or directory, open 'no-such.json'");
    expect(status).toBe(2);
  });
});

describe("synth", () => {
  test.runIf(isWhole)("prints as JSON the folders of all that run where none are named", () => {
    const { stdout } = started(["synth", "--json"]);
    expect(Object.entries(JSON.parse(stdout) as object)).toEqual(
      ["choreography", "orchestration"].map((name) => [
        name,
        expect.stringMatching(new RegExp(`^/.*/${name}/cdk\\.out/[0-9a-f]{16}$`)),
      ]),
    );
  });

  test("refuses a variant that there is none of", () => {
    const { status, stdout, stderr } = started(["synth", "juggling"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("juggling");
  });
});
