import { createHash } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Lab } from "../lab/lab.ts";
import { readTree, sourceOf, type Tree, variants as pair } from "../source/tree.ts";
import type { Judged } from "./ask.ts";
import { disagreement } from "./disagreement.ts";
import { Resident } from "./resident.ts";
import type { CopyOptions, Ran } from "./verdict.ts";

/** By the variant that each lives. */
export const residents = new Map<string, Resident>();

/** Lives the stories of a lab through in both variants of a copy, each in a thread of its own. */
export const runCheck = ({ lab, ...rest }: CopyOptions): Promise<Ran> => runChecks({ labs: [lab], ...rest });

export interface ChecksOptions extends Omit<CopyOptions, "lab"> {
  readonly labs: readonly Lab[];
  /** Those of the labs, if not given. */
  readonly variants?: readonly string[];
  /** See `Asked`. */
  readonly without?: string;
}

/** The same for several labs of the same variants at once: a story that some of them share is lived through once. */
export async function runChecks({ labs, copy, seeds, signal, ...options }: ChecksOptions): Promise<Ran> {
  const variants = options.variants ?? labs[0]!.variants ?? pair;
  const checks = labs.map(({ folder }) => pathToFileURL(join(folder, "check.ts")).href);
  const without = options.without === undefined ? {} : { without: options.without };
  const limit = new Int32Array(new SharedArrayBuffer(4)).fill(mostStories);
  const tree = readTree(copy);
  const runs = variants.map((variant) => {
    const resident = residents.get(variant) ?? new Resident();
    residents.set(variant, resident);
    const source = hashOf(sourceOf(variant, tree));
    return resident.live({ asked: { checks, variant, seeds, ...without }, copy, limit, source }, signal);
  });
  const sides = await Promise.all(runs);
  const failed = sides.findIndex((side) => "error" in side);
  if (failed >= 0) {
    return { kind: "not run", variant: variants[failed]!, why: (sides[failed] as { error: string }).error };
  }
  const [first = [], other = []] = sides as Judged[][];
  const judged = first.flatMap((one, index) => {
    const facing = other[index];
    return facing ? [one, facing, ...disagreement(one, facing)] : [one];
  });
  const broken = judged.find(isBroken);
  if (broken) return { kind: "broken", first: broken };
  const told = judged.flatMap((each) => each.told ?? []);
  return {
    kind: "passed",
    stories: judged.length,
    told,
    shown: Object.assign({}, ...judged.map(({ shown }) => shown)),
  };
}

const hashOf = (tree: Tree): string =>
  createHash("sha256")
    .update(JSON.stringify([...tree]))
    .digest("hex");

/** More than any check has. */
const mostStories = 2 ** 31 - 1;

const isBroken = (judged: Judged): judged is Judged & Required<Pick<Judged, "broken">> => judged.broken !== undefined;
