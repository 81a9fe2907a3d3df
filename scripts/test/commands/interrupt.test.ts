import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { isWhole } from "../family.ts";

const launcher = fileURLToPath(new URL("../../bin/run.mjs", import.meta.url));

test.runIf(isWhole)(
  "Ctrl-C says how far a comparison came, ends 130, and keeps the results of the run before",
  async () => {
    const out = mkdtempSync(join(tmpdir(), "interrupt-"));
    for (const name of ["run.ndjson", "results.json"]) writeFileSync(join(out, name), "the run before\n");
    const words = ["compare", "--orders", "100000", "--target", "local", "--out", out];
    const child = spawn(process.execPath, [launcher, ...words], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    // The log grows with the first batch that is done.
    const isUnderWay = () =>
      readdirSync(out).some((name) => name.startsWith(".run") && readFileSync(join(out, name)).length);
    const watcher = watch(out, () => isUnderWay() && child.kill("SIGINT"));
    const [code] = (await once(child, "close")) as [number];
    watcher.close();

    expect(said).toMatch(/\ninterrupted at [\d,]+ of 100,000 orders, 0 findings; .* is as it was before\n$/);
    expect(code).toBe(130);
    expect(readdirSync(out).toSorted()).toEqual(["results.json", "run.ndjson"]);
    for (const name of readdirSync(out)) expect(readFileSync(join(out, name), "utf8")).toBe("the run before\n");
  },
);
