import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exit, Failure } from "../failure.ts";

/**
 * Where results go unless `--out` says otherwise: one folder, whatever folder the command was typed in. It is in the
 * workspace that is run, the repository or a copy of its packages.
 */
export const outFolder = fileURLToPath(new URL("../../out", import.meta.resolve("@ovsc/shared")));

/** The files of a run. They are written beside those of the run before, which stay until this one is done. */
export interface OutputFiles {
  /** Adds lines to `run.ndjson`. @throws Failure where they cannot be written */
  log(lines: string): void;
  /** Puts the log and `results.json` in the place of those before. @throws Failure where that cannot be done */
  finish(results: string): void;
}

/** @throws Failure where the folder cannot be written to */
export function outputFiles(folder: string): OutputFiles {
  const draft = (name: string) => join(folder, `.${name}.${process.pid}`);
  const names = { log: "run.ndjson", results: "results.json" };
  const attempt = (write: () => void) => {
    try {
      write();
    } catch (error) {
      throw new Failure(`cannot write to ${folder}: ${(error as Error).message}`, {
        exitCode: exit.environment,
        next: "pnpm compare --out DIR",
        cause: error,
      });
    }
  };
  attempt(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(draft(names.log), "");
  });
  // Whatever ends a run before it is done, nothing half done stays.
  const discard = () => {
    for (const name of Object.values(names)) rmSync(draft(name), { force: true });
  };
  process.once("exit", discard);
  return {
    log: (lines) => attempt(() => appendFileSync(draft(names.log), lines)),
    finish(results) {
      attempt(() => {
        writeFileSync(draft(names.results), results);
        for (const name of Object.values(names)) renameSync(draft(name), join(folder, name));
      });
      process.off("exit", discard);
    },
  };
}

/**
 * Keeps what a command found as `DIR/NAME`, as JSON, for the report.
 * @param next what to type where that cannot be done
 * @throws Failure where it cannot be written
 */
export function writeOutput(folder: string, name: string, found: object, next: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), `${JSON.stringify(found, null, 2)}\n`);
  } catch (error) {
    const why = (error as Error).message;
    throw new Failure(`cannot write to ${folder}: ${why}`, { exitCode: exit.environment, next, cause: error });
  }
}
