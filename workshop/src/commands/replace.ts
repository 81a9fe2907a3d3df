import { relative } from "node:path";
import { createInterface } from "node:readline/promises";
import { exit, Failure, note, print } from "@ovsc/scripts";
import { tellFootprint } from "../check/tell.ts";
import { learnersCopy, replaceCopy } from "../copy/learners-copy.ts";
import { statesOf } from "../lab/states.ts";
import { placeIn } from "../progress/progress.ts";
import { difference } from "../source/patch.ts";
import { readTree } from "../source/tree.ts";

export interface ReplaceFlags {
  /** Do not ask. */
  readonly yes?: true;
}

/** `lab reset`: the lab's start once more. @returns its exit code */
export const resetCommand = (flags: ReplaceFlags): Promise<number> => replace("start", flags);

/** `lab solve`: the reference change. @returns its exit code */
export const solveCommand = (flags: ReplaceFlags): Promise<number> => replace("solution", flags);

async function replace(state: "start" | "solution", { yes }: ReplaceFlags): Promise<number> {
  const { lab } = placeIn(learnersCopy);
  const tree = statesOf(lab)[state];
  const own = difference(readTree(learnersCopy), tree);
  if (own === "") {
    print(`your copy is the ${state} of ${lab.slug} already\nnext: pnpm lab\n`);
    return exit.valid;
  }
  const question = `put the ${state} of ${lab.slug} in place of yours (${tellFootprint(own)})? yours is kept [y/N] `;
  if (!yes && !(await confirmed(question))) {
    note("nothing was changed\n");
    return exit.valid;
  }
  const backup = replaceCopy(tree, lab.slug);
  print(`what you had is in ${relative(process.cwd(), backup!)}\nnext: pnpm lab\n`);
  return exit.valid;
}

/** @throws Failure where there is nobody to ask */
async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Failure("this replaces your work, and there is nobody to ask", {
      exitCode: exit.usage,
      next: "the same with --yes",
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(question);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
