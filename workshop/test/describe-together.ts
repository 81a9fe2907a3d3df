import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkOf } from "../src/check/check-copy.ts";
import { runChecks } from "../src/check/run-check.ts";
import { writeCopy } from "../src/copy/write-copy.ts";
import type { Lab } from "../src/lab/lab.ts";
import { projectRoot, statesOf } from "../src/lab/states.ts";
import type { Tree } from "../src/source/tree.ts";
import { inWords } from "./in-words.ts";

const folder = join(projectRoot, "out/workshop/together");

/** What labs must do that is dear for each and cheap for all: most of their copies are the same for the most part. */
export async function describeTogether(labs: readonly Lab[]): Promise<void> {
  const checks = await Promise.all(labs.map(checkOf));
  const asking = labs.filter((_, index) => checks[index]!.stories.length > 0);

  describe("the labs together", () => {
    test("begin and end with copies that are code", () => {
      const copies = labs.flatMap((lab) =>
        Object.entries(statesOf(lab)).map(([state, tree]) => [join(lab.slug, state), tree as Tree] as const),
      );
      // Many solutions are the very same: one is compiled for all.
      const distinct = new Map(copies.map(([name, tree]) => [JSON.stringify([...tree]), [name, tree] as const]));
      for (const [name, tree] of distinct.values()) writeCopy(join(folder, name), tree);
      expect(typeErrors([...distinct.values()].map(([name]) => name))).toBe("");
    });

    const solutions = Map.groupBy(asking, (lab) => JSON.stringify([lab.variants, ...statesOf(lab).solution]));
    const groups = [...solutions.values()].map((group) => ({ group, names: group.map(({ slug }) => slug).join(", ") }));
    test.each(groups)("pass with their solutions by every seed: $names", async ({ group }) => {
      const copy = join(folder, group[0]!.slug, "solution");
      writeCopy(copy, statesOf(group[0]!).solution);
      const seeds = Math.max(...group.map((lab) => lab.seeds.all));
      expect(inWords(await runChecks({ labs: group, copy, seeds }))).toBe("passed");
    });
  });
}

/** Compiles copies as one program, so that what they depend on is read once. @returns what the compiler says */
function typeErrors(copies: readonly string[]): string {
  const config = join(folder, "tsconfig.json");
  const compilerOptions = { noEmit: true, typeRoots: [join(projectRoot, "node_modules/@types")] };
  const include = copies.flatMap((copy) =>
    ["*/src/**/*.ts", "*/*/src/**/*.ts", "papers/*.ts"].map((each) => `${copy}/${each}`),
  );
  mkdirSync(folder, { recursive: true });
  const settings = { extends: join(projectRoot, "tsconfig.json"), compilerOptions, include };
  writeFileSync(config, JSON.stringify({ ...settings, exclude: ["**/node_modules"] }));
  const compiler = join(projectRoot, "node_modules/typescript/bin/tsc");
  try {
    return execFileSync(process.execPath, [compiler, "-p", config, "--pretty", "false"], { encoding: "utf8" });
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}
