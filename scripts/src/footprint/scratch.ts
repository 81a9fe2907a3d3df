import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Folders that are made anew, or are no part of what runs. */
const leftOut = [".git", "cdk.out", "out", "coverage"];

/**
 * A copy of the project for a change that nobody keeps. Its packages find each other in the copy, and the libraries
 * where they are installed.
 */
export class Scratch {
  readonly folder: string;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), "order-saga-"));
    for (const name of readdirSync(root)) {
      if (leftOut.includes(name)) continue;
      if (name === "node_modules") symlinkSync(join(root, name), join(this.folder, name));
      else this.#copy(name);
    }
  }

  /** @param name of a file or folder of the root; links of packages stay as they are, and so lead into the copy */
  #copy(name: string): void {
    cpSync(join(root, name), join(this.folder, name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !leftOut.includes(basename(source)),
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
