import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What a command of the project found when it was last run on a copy; nothing where it was not run yet.
 * @param file as the command names it in `out/`
 */
export function lastFound(copy: string, file: string): unknown {
  const path = join(copy, "out", file);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}
