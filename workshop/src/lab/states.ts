import { fileURLToPath } from "node:url";
import { applied, reversed } from "../source/patch.ts";
import { readTree, type Tree } from "../source/tree.ts";
import type { Lab } from "./lab.ts";
import { labs, patchIn } from "./labs.ts";

export const projectRoot = fileURLToPath(new URL("../../..", import.meta.url));

/** A source tree that a lab knows. */
export interface States {
  /** Where the learner begins. */
  readonly start: Tree;
  /** Where the reference change leads. The next lab begins from it. */
  readonly solution: Tree;
}

/**
 * The project, with what the labs up to this one add, and less what this one takes away. Either way the start and the
 * solution are a patch apart.
 * @throws PatchFailed where the project has changed under a lab
 */
export const statesOf = (lab: Lab): States => ({ start: startOf(lab), solution: solutionOf(lab) });

function startOf(lab: Lab): Tree {
  const whole = wholeBefore(lab);
  const patch = patchIn(lab, lab.patch);
  return patch && !lab.adds ? reversed(whole, patch) : whole;
}

/** Of which the next lab is made. @throws PatchFailed */
export function solutionOf(lab: Lab): Tree {
  const whole = wholeBefore(lab);
  const patch = patchIn(lab, lab.patch);
  return patch && lab.adds ? applied(whole, patch) : whole;
}

/**
 * What a lab is made of: the project with what earlier labs added, and with what this one gives its learner. Where the
 * lab takes something away, it is its solution too.
 */
export function wholeBefore(lab: Lab): Tree {
  const before = lab.bug ? undefined : labs[labs.indexOf(lab) - 1];
  const tree = before ? solutionOf(before) : project();
  const given = patchIn(lab, "given.patch");
  return given ? applied(tree, given) : tree;
}

/** A wrong answer that a lab knows: its patch changes the solution. @throws PatchFailed */
export const wrongTree = (lab: Lab, name: string): Tree =>
  applied(solutionOf(lab), patchIn(lab, `wrong/${name}.patch`)!);

let read: Tree | undefined;
/** Read once: a command is over before anybody changes it. */
const project = (): Tree => (read ??= readTree(projectRoot));
