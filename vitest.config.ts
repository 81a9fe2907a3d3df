import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{*,*/*}/test/**/*.test.ts"],
    isolate: false,
    // One more than there are cores: some tests wait for a process.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 60_000,
  },
});
