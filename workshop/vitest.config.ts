import { defineConfig } from "vitest/config";

/**
 * What `pnpm lab dev check` runs: how labs and cuts are written, as `pnpm test` does, then each lab's and bug's own
 * test, which lives through its start, its solution and wrong answers.
 */
export default defineConfig({
  test: {
    include: ["test/{labs,cuts}.test.ts", "labs/{together,save}.test.ts", "{labs,bugs}/*/check.test.ts"],
    // The threads in which stories are lived stay from file to file.
    isolate: false,
    // One more than a small machine has cores: each of them waits for a command of a text now and then.
    maxWorkers: 3,
    testTimeout: 900_000,
  },
});
