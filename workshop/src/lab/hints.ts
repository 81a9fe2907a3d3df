import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Lab } from "./lab.ts";

/** A nudge, a pointer, and nearly the code. */
export const rungs = 3;

/** The hints of each task: `hints.md` has a heading for it, and under that a numbered list. */
export const hintsOf = ({ folder }: Pick<Lab, "folder">): Hints =>
  hintsIn(readFileSync(join(folder, "hints.md"), "utf8"));

type Hints = Readonly<Record<string, readonly string[]>>;

/** @param markdown of `hints.md` */
export function hintsIn(markdown: string): Hints {
  const sections = markdown.split(/^## /m).slice(1);
  return Object.fromEntries(
    sections.map((section) => {
      const [task = "", ...lines] = section.split("\n");
      const items = lines
        .join("\n")
        .split(/^\d\. /m)
        .slice(1);
      return [task.trim(), items.map((item) => item.trim().replaceAll(/^ {3}/gm, ""))];
    }),
  );
}
