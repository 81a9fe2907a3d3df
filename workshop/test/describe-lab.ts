import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { weakenings } from "@ovsc/scripts/weakenings";
import { describe, expect, test } from "vitest";
import { checkCopy, checkOf } from "../src/check/check-copy.ts";
import { runCheck } from "../src/check/run-check.ts";
import type { Verdict } from "../src/check/verdict.ts";
import { writeCopy } from "../src/copy/write-copy.ts";
import type { Lab } from "../src/lab/lab.ts";
import { labNamed, wrongAnswers } from "../src/lab/labs.ts";
import { projectRoot, statesOf, wrongTree } from "../src/lab/states.ts";
import { ownRun } from "../src/progress/own-run.ts";
import type { Tree } from "../src/source/tree.ts";
import { commandsIn } from "./commands-in.ts";

/** Of the learner who follows the texts here. */
const seed = 7;

/** What a lab must do: the whole of its `check.test.ts`. */
export function describeLab(slug: string): void {
  const lab = labNamed(slug);
  const copyOf = (state: string, tree: Tree): string => {
    const folder = join(projectRoot, "out/workshop", slug, state);
    writeCopy(folder, tree);
    return folder;
  };
  const seeds = lab.seeds.all;

  describe(`lab ${slug}`, () => {
    test.skipIf(lab.startFails === undefined)(
      "begins with a copy that is code, and fails for the reason told",
      async () => {
        const copy = copyOf("start", statesOf(lab).start);
        rmSync(join(copy, "out"), { recursive: true, force: true });
        const verdict = await checkCopy({ lab, copy, seeds: lab.seeds.first });
        expect(inWords(verdict)).toContain(lab.startFails);
      },
    );

    test("has commands in its text that run, after which its solution passes by every seed", async () => {
      const copy = copyOf("solution", statesOf(lab).solution);
      expect(runAll(lab, copy)).toEqual([]);
      writeCopy(copy, statesOf(lab).solution);
      const verdict = await checkCopy({ lab, copy, seeds });
      expect(inWords(verdict)).toBe("passed");
    });

    test.runIf(lab.questions.length > 0 && !lab.bug)(
      "knows the answer to each of its questions, by the run of its text",
      async () => {
        const { answers = {} } = await checkOf(lab);
        const own = ownRun(join(projectRoot, "out/workshop", slug, "solution"));
        for (const { name } of lab.questions) expect(`${answers[name]?.(() => own)}`, name).toMatch(/^\S+$/);
      },
    );

    test.each(wrongAnswers(lab))("tells whoever answers %s so", async (name) => {
      const verdict = await runCheck({ lab, copy: copyOf(name, wrongTree(lab, name)), seeds: lab.seeds.first });
      const misconception = verdict.kind === "broken" ? verdict.first.broken.misconception?.name : undefined;
      expect(misconception, inWords(verdict)).toBe(name);
    });

    test.each(lab.weakenings)("fails a solution without its line of defence: %s", async (name) => {
      const copy = copyOf(name, weakened(statesOf(lab).solution, name));
      const verdict = await runCheck({ lab, copy, seeds: lab.seeds.first });
      expect(verdict.kind).toBe("broken");
    });
  });
}

/** A tree without a line of defence, in source alone. */
function weakened(tree: Tree, name: string): Tree {
  const patches = Object.values(weakenings.find((each) => each.name === name)?.in ?? {}).flat();
  const files = new Map(tree);
  for (const patch of new Set(patches.map((each) => JSON.stringify(each)))) {
    const { file, find, replace } = JSON.parse(patch) as { file: string; find: string; replace: string };
    const parts = (files.get(file) ?? "").split(find);
    if (parts.length !== 2) throw new Error(`${name}: ${file} has ${parts.length - 1} times instead of once: ${find}`);
    files.set(file, parts.join(replace));
  }
  return files;
}

function inWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case "passed":
      return "passed";
    case "no code":
      return verdict.error;
    case "missing":
      return verdict.what;
    case "broken":
      return `${verdict.first.variant}: ${verdict.first.broken.seen}`;
    case "not run":
      return verdict.why;
  }
}

/** Runs the commands of a lab's text as a learner would. @returns those that could not be run, and what they said */
function runAll(lab: Lab, folder: string): string[] {
  rmSync(join(folder, "out"), { recursive: true, force: true });
  writeFileSync(join(folder, "progress.json"), JSON.stringify({ seed, labs: {} }));
  const env = { ...process.env, ORDER_SAGA_LAB: folder, CI: "true" };
  const launcher = join(projectRoot, "scripts/bin/run.mjs");
  const texts = commandsIn(readFileSync(join(lab.folder, "README.md"), "utf8"));
  const words = [
    lab.bug ? ["lab", "bug", lab.bug.number, lab.bug.style] : ["lab", "start", lab.number],
    ["lab", "solve", "--yes"],
    ...texts,
  ];
  return words.flatMap((all) => {
    const { status, stderr } = spawnSync(process.execPath, [launcher, ...all], { env, encoding: "utf8" });
    return status === 0 || status === 1 ? [] : [`${all.join(" ")}: ${status}: ${stderr}`];
  });
}
