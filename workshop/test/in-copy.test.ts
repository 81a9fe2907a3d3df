import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { onCopy } from "../src/copy/preload.ts";
import { writeCopy } from "../src/copy/write-copy.ts";
import { projectRoot } from "../src/lab/states.ts";
import { readTree } from "../src/source/tree.ts";

const asking = fileURLToPath(new URL("seen-by-the-judge.ts", import.meta.url));

test("the judge sees the endings of the copy, and the safety rules of the project", () => {
  const copy = mkdtempSync(join(tmpdir(), "copy-"));
  const tree = new Map(readTree(projectRoot));
  const endings = tree.get("shared/src/endings.ts")!;
  tree.set(
    "shared/src/endings.ts",
    endings.replace("NEEDS_ATTENTION: {", 'LOST: { kind: "parked" },\n  NEEDS_ATTENTION: {'),
  );
  const rules = tree.get("shared/src/evidence-rules.ts")!;
  const none = rules.replace(/evidenceRules: readonly EvidenceRule\[\] = \[/, "$&].slice(1); void [");
  expect(none).not.toBe(rules);
  tree.set("shared/src/evidence-rules.ts", none);
  writeCopy(copy, tree);

  const { env, execArgv } = onCopy(copy);
  const seen = execFileSync(process.execPath, [...execArgv, asking], { env, encoding: "utf8" });
  expect(JSON.parse(seen)).toEqual({ endings: expect.arrayContaining(["LOST"]), hasRules: true });
});
