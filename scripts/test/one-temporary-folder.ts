import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives all tests of a run one temporary folder to make theirs in. @returns what removes it after the last test */
export default function oneTemporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "order-saga-tests-"));
  // The tests' processes inherit it, and theirs do.
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
