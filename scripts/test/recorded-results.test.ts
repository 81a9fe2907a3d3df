import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { compareCommand } from "../src/commands/compare.ts";
import { exit } from "../src/failure.ts";
import { isWhole } from "./family.ts";

/** In `test`: whatever came before, a batch goes the same way. */
const few = ["happy", "out-of-stock", "charge-answer-lost", "shipping-refused"];

interface Ran {
  readonly results: readonly { readonly name: string }[];
}

/**
 * Endings, side effects and counts of scenarios in the pair, as they were recorded. A change that means to alter them
 * records them anew, `FAMILY=all pnpm exec vitest run scripts/test/recorded-results.test.ts -u`, and says why.
 */
test("a scenario ends, and costs, what was recorded of each variant", async () => {
  const out = mkdtempSync(join(tmpdir(), "recorded-"));
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const chosen = isWhole ? {} : { scenario: few };
  expect(await compareCommand({ ...chosen, out, report: false, target: "local" })).toBe(exit.valid);
  vi.restoreAllMocks();
  const text = readFileSync(join(out, "results.json"), "utf8");
  if (isWhole) return expect(text).toMatchFileSnapshot("recorded/results.json");
  const { results: recorded } = JSON.parse(
    readFileSync(new URL("recorded/results.json", import.meta.url), "utf8"),
  ) as Ran;
  const { results } = JSON.parse(text) as Ran;
  expect(results).toEqual(few.map((name) => recorded.find((each) => each.name === name)));
});
