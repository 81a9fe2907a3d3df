import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exit, Failure } from "../failure.ts";

/** Where results go unless `--out` says otherwise: one folder, whatever folder the command was typed in. */
export const outFolder = fileURLToPath(new URL("../../../out", import.meta.url));

/** What a run leaves in its folder. */
export interface OutputFiles {
  readonly log: string;
  readonly results: string;
}

/**
 * Paths in the folder for results, with nothing of an earlier run left there. @throws Failure where it cannot be
 * written
 */
export function outputFiles(folder: string): OutputFiles {
  const files = { log: join(folder, "run.ndjson"), results: join(folder, "results.json") };
  try {
    mkdirSync(folder, { recursive: true });
    for (const file of Object.values(files)) rmSync(file, { force: true });
    return files;
  } catch (error) {
    throw new Failure(`cannot write to ${folder}: ${(error as Error).message}`, {
      exitCode: exit.usage,
      next: "pnpm compare --out DIR",
      cause: error,
    });
  }
}
