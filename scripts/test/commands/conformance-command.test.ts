import { expect, test } from "vitest";
import { scored } from "../../src/conformance-command.ts";

const page = `
| file | cases | as AWS | refused | otherwise |
|---|---|---|---|---|
| asl.ndjson (Step Functions executions) | 5 | 5 | 0 | 0 |
| patterns.ndjson (TestEventPattern) | 9 | 9 | 0 | 0 |
`;
const refusal = { name: "a", why: "b" };

test("conformance --write changes the rows of its files in FIDELITY.md, and nothing else", () => {
  const score = { file: "/some/where/asl.ndjson", total: 7, passed: 5, refused: [refusal, refusal], failed: [] };
  expect(scored(page, [score])).toBe(page.replace("| 5 | 5 | 0 | 0 |", "| 7 | 5 | 2 | 0 |"));
  expect(() => scored(page, [{ ...score, file: "other.ndjson" }])).toThrow("FIDELITY.md has no row for other.ndjson");
});
