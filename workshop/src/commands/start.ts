import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { exit, note, print } from "@ovsc/scripts";
import { headOf } from "../check/tell.ts";
import { learnersCopy, replaceCopy } from "../copy/learners-copy.ts";
import type { Lab } from "../lab/lab.ts";
import { bugNamed, bugs, labNamed, labs } from "../lab/labs.ts";
import { statesOf } from "../lab/states.ts";
import { begun, placeIn, readProgress, writeProgress } from "../progress/progress.ts";

/** `lab start N`: makes the canonical start of a lab, whatever was done before. @returns its exit code */
export async function startCommand(_flags: object, word: string): Promise<number> {
  return begin(labNamed(word));
}

/** `lab bug N [STYLE]`: plants a bug in the project as it is. @returns its exit code */
export async function bugCommand(_flags: object, word: string, style?: string): Promise<number> {
  return begin(bugNamed(word, style));
}

/** `lab next`: the lab after the one that was started last. @returns its exit code */
export async function nextCommand(): Promise<number> {
  const { lab } = placeIn(learnersCopy);
  const all = lab.bug ? bugs : labs;
  const next = all[all.indexOf(lab) + 1];
  if (next) return begin(next);
  print("that was the last one\nnext: pnpm lab list\n");
  return exit.valid;
}

function begin(lab: Lab): number {
  const progress = readProgress(learnersCopy);
  const backup = replaceCopy(statesOf(lab).start, progress.current ?? "before");
  const passage = { ...begun(), ...progress.labs[lab.slug], startedAt: new Date().toISOString() };
  const { passedAt: _passedAt, ...open } = passage;
  writeProgress(learnersCopy, { ...progress, current: lab.slug, labs: { ...progress.labs, [lab.slug]: open } });
  const notes = join(learnersCopy, "notes.md");
  if (!existsSync(notes)) writeFileSync(notes, "# Decision notes\n\nOne sentence a lab.\n");
  if (backup) note(`what you had is in ${relative(process.cwd(), backup)}\n`);
  const text = readFileSync(join(lab.folder, "README.md"), "utf8");
  const [first = "pnpm lab"] = /^pnpm lab.*$/m.exec(text) ?? [];
  print(`${text}\n${headOf(placeIn(learnersCopy))}\nnext: ${first}\n`);
  return exit.valid;
}
