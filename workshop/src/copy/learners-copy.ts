import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../lab/states.ts";
import { difference } from "../source/patch.ts";
import { packages, papers, readTree, type Tree } from "../source/tree.ts";
import { writeCopy } from "./write-copy.ts";

/**
 * The folder that a learner works in, `lab/` unless the environment names another. Git, lint, types and tests of the
 * project leave it alone.
 */
export const learnersCopy = process.env["ORDER_SAGA_LAB"] ?? join(projectRoot, "lab");

/**
 * Puts a state of a lab into the learner's folder. What was there is kept beside it, where it is anything else.
 * @param label of the backup: the lab that it was made in
 * @returns the folder of the backup, where there is one
 */
export function replaceCopy(tree: Tree, label: string): string | undefined {
  const backup = existsSync(join(learnersCopy, "shared/src")) ? backUp(tree, label) : undefined;
  writeCopy(learnersCopy, tree);
  return backup;
}

function backUp(tree: Tree, label: string): string | undefined {
  if (difference(readTree(learnersCopy), tree) === "") return undefined;
  const folder = join(learnersCopy, "backups");
  mkdirSync(folder, { recursive: true });
  const before = readdirSync(folder).filter((name) => name.startsWith(`${label}.`)).length;
  const backup = join(folder, `${label}.${before + 1}`);
  for (const name of [papers, ...packages.map((each) => join(each, "src"))]) {
    const own = join(learnersCopy, name);
    if (existsSync(own)) cpSync(own, join(backup, name), { recursive: true });
  }
  return backup;
}
