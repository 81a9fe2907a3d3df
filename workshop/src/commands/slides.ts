import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exit, Failure, print } from "@ovsc/scripts";
import { projectRoot } from "../lab/states.ts";
import { buildDeck } from "../slides/build-deck.ts";
import { decks, slidesOf } from "../slides/deck.ts";
import { figuresOf, scenariosIn } from "../slides/figures.ts";

export interface SlidesFlags {
  /** Of the runs that figures come from. */
  readonly seed?: string;
}

/** `lab slides [DECK]`: the decks as pages that need no network, with figures of a run. @returns its exit code */
export async function slidesCommand({ seed = "1" }: SlidesFlags, word?: string): Promise<number> {
  const chosen = decks.filter(({ name }) => word === undefined || name === word || name.startsWith(`${word}-`));
  if (chosen.length === 0) {
    const names = decks.map(({ name }) => name).join(", ");
    throw new Failure(`there is no deck ${word}: there are ${names}`, {
      exitCode: exit.usage,
      next: "pnpm lab slides",
    });
  }
  if (!/^\d{1,9}$/.test(seed)) throw new Failure(`a seed is a whole number, not ${seed}`, { exitCode: exit.usage });
  const slides = chosen.flatMap((deck) => slidesOf(deck).slides);
  const figures = await figuresOf(scenariosIn(slides), Number(seed));
  const folder = join(projectRoot, "out/slides");
  mkdirSync(folder, { recursive: true });
  for (const deck of chosen) {
    const file = join(folder, `${deck.name}.html`);
    writeFileSync(file, buildDeck(deck, figures));
    print(`${file}\n`);
  }
  print("next: open one in a browser; arrow keys turn the pages\n");
  return exit.valid;
}
