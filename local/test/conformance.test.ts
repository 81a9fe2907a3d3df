import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { scoreFile } from "../conformance/recorded-file.ts";

/** Cases that AWS recorded are data of others and not part of this repository. */
const folder = fileURLToPath(new URL("../../../shared/conformance", import.meta.url));
const recorded = existsSync(folder);
const fidelity = readFileSync(fileURLToPath(new URL("../../FIDELITY.md", import.meta.url)), "utf8");

describe.skipIf(!recorded)(
  `the embedded cloud, judged by recorded cases${recorded ? "" : " (not run: no recorded cases here)"}`,
  () => {
    test.each(["asl", "patterns", "patterns-ruler", "targets"])(
      "answers as AWS did, or refuses by name, as often as FIDELITY.md says of %s",
      async (name) => {
        const { total, passed, refused, failed } = await scoreFile(`${folder}/${name}.ndjson`);
        expect(failed).toEqual([]);
        const row = fidelity.split("\n").find((line) => line.startsWith(`| ${name}.ndjson`));
        expect(row).toContain(`| ${total} | ${passed} | ${refused.length} | ${failed.length} |`);
      },
    );
  },
);

test("a case on which the cloud itself fails is that case's failure, and the others are judged", async () => {
  const temporary = mkdtempSync(join(tmpdir(), "cases-"));
  onTestFinished(() => rmSync(temporary, { recursive: true }));
  const cases = [
    { name: "broken", definition: null },
    { name: "whole", pattern: { a: ["b"] }, event: { a: "b" }, expected: true, validation_only: false },
  ];
  writeFileSync(join(temporary, "cases.ndjson"), cases.map((each) => JSON.stringify(each)).join("\n"));
  expect(await scoreFile(join(temporary, "cases.ndjson"))).toMatchObject({
    total: 2,
    passed: 1,
    failed: [{ name: "broken", kind: "execution", why: expect.stringMatching(/^internal error: TypeError/) }],
  });
});
