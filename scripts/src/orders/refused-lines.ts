import { counted } from "../report/words.ts";
import type { RefusedLine } from "./batches.ts";

/** How many lines are explained; the rest is counted. */
const mostShown = 10;

/** Why lines of a file are not run, a line each: file, line, field, reason. */
export function renderRefused(file: string, refused: readonly RefusedLine[]): string {
  const lines = refused.flatMap(({ line, issues }) =>
    issues.map(({ field, message }) => `${file}:${line}: InvalidOrder: ${field}: ${message}\n`),
  );
  const rest = lines.length - mostShown;
  return lines.slice(0, mostShown).join("") + (rest > 0 ? `… and ${counted(rest, "more error")} in ${file}\n` : "");
}
