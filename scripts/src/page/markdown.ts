import { printable } from "../terminal.ts";

/** Text in Markdown that stays text: no mark-up, no table cell and no HTML begins in it. */
export const plain = (text: string): string =>
  printable(text)
    .replaceAll("\n", " ")
    .replace(/[\\`*_[\]<>|#~&]/g, (mark) => `\\${mark}`);

/** A command or an id, which may hold back-ticks itself. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${printable(text).replaceAll("\n", " ").replaceAll("|", "\\|")}${pad}${fence}`;
}

/** @param rows of cells that are Markdown already; the first column reads from the left, the others as numbers do */
export const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, index) => (index === 0 ? "---" : "---:")), ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
