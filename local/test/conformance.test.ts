import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
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
