import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Each worker, thread and command loads the same files, the CDK among them: compiled once, they load in half the time.
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "node_modules/.cache/node");
// Validation reports take longer than a synth, and say nothing of templates that are loaded and run right after.
process.env["CDK_VALIDATION"] ??= "false";

const isLong = ({ moduleId }: TestSpecification): boolean => !/\/(?:local|shared)\/test\//.test(moduleId);

/** Files that synthesize stacks and live through sagas begin, and what takes milliseconds fills the end. */
class WholeSagasFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- the method of a sequencer
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ["{*,*/*}/test/**/*.test.ts"],
    globalSetup: "scripts/test/one-temporary-folder.ts",
    isolate: false,
    sequence: { sequencer: WholeSagasFirst },
    // Node.js runs these files as they are, and keeps what it compiled: Vite would first make others of each.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Each realm of a handler outlives several collections: where the heap begins larger, there are a third as many.
    execArgv: ["--initial-heap-size=600"],
    // With one more they would push each other's code and objects out of the cores' caches, and take a quarter longer.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
