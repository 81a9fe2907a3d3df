import { rmSync } from "node:fs";
import { join } from "node:path";
import { exit } from "@ovsc/scripts";
import { bugNamed, labNamed } from "../lab/labs.ts";
import { projectRoot } from "../lab/states.ts";
import { Learner } from "../walk/learner.ts";
import { walkLab } from "../walk/walk-lab.ts";

/** What a first evening holds. */
const firstEvening = [...["0", "1", "2", "3"].map(labNamed), bugNamed("1")];

/** `lab dev walk [LAB…]`: goes through labs by their texts alone, in a folder of its own. @returns its exit code */
export async function devWalkCommand(_flags: object, ...words: string[]): Promise<number> {
  const folder = join(projectRoot, "out/workshop/walk");
  rmSync(folder, { recursive: true, force: true });
  const learner = new Learner(folder);
  for (const lab of words.length > 0 ? words.map(labNamed) : firstEvening) await walkLab(lab, learner);
  return exit.valid;
}
