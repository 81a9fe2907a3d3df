import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Needs a Chromium, so `test` leaves it out.
export default defineConfig({
  test: {
    root: fileURLToPath(new URL(".", import.meta.url)),
    include: ["*.test.ts"],
    reporters: ["verbose"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
