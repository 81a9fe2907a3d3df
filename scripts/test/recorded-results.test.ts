import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { compareCommand } from "../src/commands/compare.ts";
import { exit } from "../src/failure.ts";

/**
 * Endings, side effects and counts of every scenario in every variant, as they were recorded. A change that means to
 * alter them records them anew, `pnpm exec vitest run scripts/test/recorded-results.test.ts -u`, and says why.
 */
test("every scenario ends, and costs, what was recorded of each variant", async () => {
  const out = mkdtempSync(join(tmpdir(), "recorded-"));
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(await compareCommand({ out, report: false, target: "local" })).toBe(exit.valid);
  vi.restoreAllMocks();
  const results = readFileSync(join(out, "results.json"), "utf8");
  await expect(results).toMatchFileSnapshot("recorded/results.json");
});
