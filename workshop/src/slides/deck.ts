import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The slides of one block of the course. */
export interface Deck {
  /** `1-first-look`: its file without the ending. */
  readonly name: string;
  /** Marp's Markdown: front matter, then slides with `---` between them. */
  readonly markdown: string;
}

export interface Slide {
  /** The number of the lab that it belongs to: the last one that a slide was titled with; none before the first. */
  readonly lab: string | undefined;
  readonly markdown: string;
}

const folder = fileURLToPath(new URL("../../slides", import.meta.url));

/** Every deck, in the order of the course. */
export const decks: readonly Deck[] = readdirSync(folder)
  .filter((file) => file.endsWith(".md"))
  .toSorted()
  .map((file) => ({ name: file.replace(/\.md$/, ""), markdown: readFileSync(join(folder, file), "utf8") }));

const between = "\n---\n";

/** @returns the front matter, and the slides */
export function slidesOf({ markdown }: Deck): { readonly head: string; readonly slides: readonly Slide[] } {
  const [head = "", ...rest] = markdown.split(between);
  let lab: string | undefined;
  const slides = rest.map((text) => {
    lab = /^# (\d\d) /m.exec(text)?.[1] ?? lab;
    return { lab, markdown: text };
  });
  return { head, slides };
}

export const joined = (head: string, slides: readonly string[]): string => [head, ...slides].join(between);
