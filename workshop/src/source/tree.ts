import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Files by their path from the root of a workspace, with `/`. */
export type Tree = ReadonlyMap<string, string>;

/** The two styles that the course compares: the first is what the other is held against. */
export const variants = ["choreography", "orchestration"] as const;

/** The packages that a learner changes, by their folders: of each the files that make it run. Its tests stay behind. */
export const packages = ["shared", ...variants, "orchestration/hybrid"] as const;
/** Where a learner writes what is no part of the project: a brief, a record, a computation. */
export const papers = "papers";
const patterns = [...packages.flatMap((name) => [`${name}/src/**/*.ts`, `${name}/package.json`]), `${papers}/*.*`];

/** @param root folder of a workspace: the project, or a copy of it */
export const readTree = (root: string): Tree =>
  new Map(
    globSync(patterns, { cwd: root })
      .map((file) => file.replaceAll("\\", "/"))
      .toSorted()
      .map((file) => [file, readFileSync(join(root, file), "utf8")]),
  );

/** Which files came, are others, and went. */
export function changesBetween(from: Tree, to: Tree): Record<"created" | "changed" | "deleted", string[]> {
  const files = [...to.keys()];
  return {
    created: files.filter((file) => !from.has(file)),
    changed: files.filter((file) => from.has(file) && from.get(file) !== to.get(file)),
    deleted: [...from.keys()].filter((file) => !to.has(file)),
  };
}

/** What a variant is made of: all but the other style. A change of anything else leaves it as it was. */
export const sourceOf = (variant: string, tree: Tree): Tree => {
  const other = variant === "choreography" ? "orchestration/" : "choreography/";
  return new Map([...tree].filter(([file]) => !file.startsWith(other)));
};
