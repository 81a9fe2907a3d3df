import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { synthesizeWithoutCode, templateOf } from "../../src/clouds/synthesize.ts";
import { compareVariants } from "../../src/commands/compare.ts";
import { triggerVariant } from "../../src/commands/trigger.ts";
import { exit } from "../../src/failure.ts";
import type { Result } from "../../src/judgement/results.ts";
import { pair } from "../../src/variants.ts";
import { describeCrashes } from "../crashes/crashes.ts";
import { describeDuplicates } from "../duplicates.ts";
import { isWhole } from "../family.ts";
import { variant } from "./variant.ts";

let printed = "";
beforeEach(() => {
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((printed += String(text)), true));
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => vi.restoreAllMocks());

describe("a variant of its own, which no file outside its folder knows", () => {
  // How it ends every scenario is judged below, where all comes twice.
  test.runIf(isWhole)("goes through compare beside another, and ends as that does", async () => {
    const out = mkdtempSync(join(tmpdir(), "compare-"));
    const scenario = ["happy", "refund-fails"];
    expect(await compareVariants([pair[0]!, variant], { scenario, out, target: "local" })).toBe(exit.valid);
    const { results } = JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as { results: Result[] };
    expect(results).toHaveLength(scenario.length);
    for (const { name, variants: tallies } of results) {
      const [first] = Object.values(tallies);
      expect(tallies["one-function"]?.ends, name).toEqual(first?.ends);
      expect(tallies["one-function"]?.sideEffects, name).toEqual(first?.sideEffects);
      expect(tallies["one-function"]?.counts, name).toMatchObject({ events: 0, stateTransitions: 0 });
      expect(tallies["one-function"]?.counts.invocations, name).toBeGreaterThan(0);
    }
    expect(printed).toContain("both variants end alike");
  });

  test("goes through trigger", async () => {
    expect(await triggerVariant(variant, { refuseShipping: true, target: "local" })).toBe(exit.valid);
    expect(printed).toMatch(/RefundPayment starts\n.* PaymentRefunded/);
  });

  test("draws itself from its template", async () => {
    const { edges } = variant.flow(templateOf(variant, await synthesizeWithoutCode(variant)));
    expect(edges.map(({ from, to, kind }) => `${from} ${kind} ${to}`)).toEqual([
      "Client call Forward",
      "Undo failure Park",
      "Forward failure Undo",
    ]);
  });
});

describeCrashes(variant, {
  once: ["declined"],
  always: [["declined", ["crash after"]]],
});
describeDuplicates(variant, [1]);
