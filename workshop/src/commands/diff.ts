import { exit, note, print } from "@ovsc/scripts";
import { tellFootprint } from "../check/tell.ts";
import { learnersCopy } from "../copy/learners-copy.ts";
import { statesOf } from "../lab/states.ts";
import { placeIn } from "../progress/progress.ts";
import { difference } from "../source/patch.ts";
import { readTree } from "../source/tree.ts";

/** `lab diff`: what the learner changed since the start, and how much that is on each side. @returns its exit code */
export async function diffCommand(): Promise<number> {
  const { lab } = placeIn(learnersCopy);
  const own = difference(statesOf(lab).start, readTree(learnersCopy));
  print(own);
  note(`${tellFootprint(own)}\nnext: pnpm lab\n`);
  return exit.valid;
}
