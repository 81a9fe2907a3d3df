import { defineConfig } from "vitest/config";

/**
 * What `pnpm lab dev check` runs: each lab's and bug's own test, which lives through its start, its solution and wrong
 * answers.
 */
export default defineConfig({
  test: { include: ["labs/together.test.ts", "{labs,bugs}/*/check.test.ts"], maxWorkers: 2, testTimeout: 900_000 },
});
