import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { exit, Failure, print } from "@ovsc/scripts";
import { tellFootprint } from "../check/tell.ts";
import { learnersCopy, replaceCopy } from "../copy/learners-copy.ts";
import type { Lab } from "../lab/lab.ts";
import { bugs, labNamed, labs } from "../lab/labs.ts";
import { projectRoot, solutionOf, statesOf, wholeBefore, wrongTree } from "../lab/states.ts";
import { difference } from "../source/patch.ts";
import { readTree, type Tree } from "../source/tree.ts";

/** `lab dev check [N…]`: the course checks itself. @returns its exit code */
export async function devCheckCommand(_flags: object, ...words: string[]): Promise<number> {
  const chosen = words.flatMap((word) => (word === "bugs" ? bugs : [labNamed(word)]));
  const files = chosen.map(({ folder }) => `${basename(folder)}/`);
  const vitest = join(projectRoot, "node_modules/vitest/vitest.mjs");
  const cwd = join(projectRoot, "workshop");
  const slugs = chosen.map(({ slug }) => slug).join(" ");
  const env = { ...process.env, ...(slugs && { ORDER_SAGA_LABS: slugs }) };
  const names = slugs ? ["test/labs", "together", ...new Set(files)] : [];
  const { status } = spawnSync(process.execPath, [vitest, "run", ...names], { cwd, env, stdio: "inherit" });
  return status === 0 ? exit.valid : exit.invalid;
}

/** `lab dev write N STATE`: puts a state of a lab into the learner's folder. @returns its exit code */
export async function devWriteCommand(_flags: object, word: string, state: string): Promise<number> {
  const lab = labNamed(word);
  replaceCopy(treeOf(lab, state), lab.slug);
  print(`${learnersCopy} is ${state} of ${lab.slug}\nnext: change it, then pnpm lab dev patch ${lab.number} …\n`);
  return exit.valid;
}

function treeOf(lab: Lab, state: string): Tree {
  if (state === "start" || state === "solution") return statesOf(lab)[state];
  const [, wrong] = /^wrong\/(.+)$/.exec(state) ?? [];
  if (wrong !== undefined) return wrongTree(lab, wrong);
  throw new Failure(`there is no state ${state}: there are start, solution and wrong/NAME`, { exitCode: exit.usage });
}

/** `lab dev patch N PATCH`: makes a patch of a lab from what is in the learner's folder. @returns its exit code */
export async function devPatchCommand(_flags: object, word: string, name: string): Promise<number> {
  const lab = labNamed(word);
  const text = difference(...sidesOf(lab, name), 1);
  const file = join(lab.folder, `${name}.patch`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  print(`${file}: ${tellFootprint(text)}\nnext: pnpm lab dev check ${lab.number}\n`);
  return exit.valid;
}

/** From what to what a patch leads; the learner's folder is one of both. */
function sidesOf(lab: Lab, name: string): [from: Tree, to: Tree] {
  const here = readTree(learnersCopy);
  if (name.startsWith("wrong/")) return [solutionOf(lab), here];
  const before = labs[labs.indexOf(lab) - 1];
  if (name === "given") return [before ? solutionOf(before) : readTree(projectRoot), here];
  return lab.adds ? [wholeBefore(lab), here] : [here, wholeBefore(lab)];
}
