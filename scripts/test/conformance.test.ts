import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { scoreFile } from "../src/conformance/recorded-file.ts";

/** Cases that AWS recorded are data of others and not part of this repository. */
const folder = fileURLToPath(new URL("../../../shared/conformance", import.meta.url));
const recorded = existsSync(folder);

describe.skipIf(!recorded)(`the embedded cloud, judged by recorded cases${recorded ? "" : " (not run: no recorded cases here)"}`, () => {
  test.each(["asl", "patterns", "patterns-ruler", "targets"])("never answers otherwise than AWS did in %s", async (name) => {
    const { total, passed, failed } = await scoreFile(`${folder}/${name}.ndjson`);
    expect(failed).toEqual([]);
    expect(passed / total).toBeGreaterThan(0.85);
  });
});
