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
