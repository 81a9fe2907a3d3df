import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { weakenings } from "@ovsc/scripts/weakenings";
import { describe, expect, test } from "vitest";
import { checkOf, livedCopy } from "../src/check/check-copy.ts";
import { rightAnswer } from "../src/check/judge-place.ts";
import { type ChecksOptions, runChecks } from "../src/check/run-check.ts";
import type { Ran, Verdict } from "../src/check/verdict.ts";
import { writeCopy } from "../src/copy/write-copy.ts";
import { commandsIn, quotedRunsIn } from "../src/lab/commands-in.ts";
import type { Lab } from "../src/lab/lab.ts";
import { labNamed, wrongAnswers } from "../src/lab/labs.ts";
import { projectRoot, statesOf, wrongTree } from "../src/lab/states.ts";
import { firstRun } from "../src/progress/own-run.ts";
import { changesBetween, sourceOf, type Tree, variants } from "../src/source/tree.ts";
import { inWords } from "./in-words.ts";

/** Of the learner who follows the texts here. */
const seed = 7;

/** What a lab must do beside what all labs do together: the whole of its `check.test.ts`. */
export function describeLab(slug: string): void {
  const lab = labNamed(slug);
  const copyOf = (state: string, tree: Tree): string => {
    const folder = join(projectRoot, "out/workshop", slug, state);
    writeCopy(folder, tree);
    return folder;
  };
  const firstSeeds = (state: string, tree: Tree): Promise<Ran> =>
    ranAlone({ labs: [lab], copy: copyOf(state, tree), seeds: lab.seeds.first }, touched(statesOf(lab).solution, tree));

  describe(`lab ${slug}`, () => {
    test.skipIf(lab.startFails === undefined)("begins with a copy that fails for the reason told", async () => {
      const { start } = statesOf(lab);
      rmSync(join(copyOf("start", start), "out"), { recursive: true, force: true });
      const { looks } = await checkOf(lab);
      const verdict = looks
        ? await livedCopy({ lab, copy: copyOf("start", start), seeds: lab.seeds.first })
        : await firstSeeds("start", start);
      expect(inWords(verdict)).toContain(lab.startFails);
    });

    test("has commands in its text that run, after which nothing is missing", async () => {
      const copy = copyOf("solution", statesOf(lab).solution);
      expect(runAll(lab, copy)).toEqual([]);
      const { looks = [] } = await checkOf(lab);
      expect(looks.map(({ broken }) => broken(copy))).toEqual(looks.map(() => undefined));
    });

    test.runIf(lab.questions.length > 0 && !lab.bug)(
      "knows the answer to each of its questions, by the run of its text",
      async () => {
        const check = await checkOf(lab);
        const copy = join(projectRoot, "out/workshop", slug, "solution");
        const lived = check.shows && (await runChecks({ labs: [lab], copy, seeds: 0 }));
        const shown = lived?.kind === "passed" ? lived.shown : {};
        for (const { name } of lab.questions) {
          const answer = rightAnswer({ lab, check, name, copy, shown });
          if (typeof answer === "object") expect(answer.about, name).toBeGreaterThan(0);
          else expect(String(answer), name).toMatch(/^\S+$/);
        }
      },
    );

    test.runIf(lab.predict.length > 0)(
      "knows what became of each prediction, by the first run of its text",
      async () => {
        const { truths = {} } = await checkOf(lab);
        const copy = join(projectRoot, "out/workshop", slug, "solution");
        for (const [name, truth] of Object.entries(truths))
          expect(
            truth(() => firstRun(copy, lab), copy),
            name,
          ).toMatch(/^\S.+\S$/);
      },
    );

    test.each(wrongAnswers(lab))("tells whoever answers %s so", async (name) => {
      const { looks } = await checkOf(lab);
      const tree = wrongTree(lab, name);
      const copy = copyOf(name, tree);
      // What the commands of the text found is there: only what was made of it is wrong.
      if (looks) cpSync(join(copy, "../solution/out"), join(copy, "out"), { recursive: true });
      const verdict = looks ? await livedCopy({ lab, copy, seeds: lab.seeds.first }) : await firstSeeds(name, tree);
      expect(misconceptionIn(verdict)?.name, inWords(verdict)).toBe(name);
    });

    const shown = lab.bug ? [] : quotedRunsIn(textOf(lab, "instructor.md"));
    // Last: what they find takes the place of what the learner's own commands found.
    test.runIf(shown.length > 0)("shows an instructor commands that run in a solution", () => {
      expect(failing(shown, join(projectRoot, "out/workshop", slug, "solution"))).toEqual([]);
    });

    test.each(lab.weakenings)("fails a solution without its line of defence: %s", async (name) => {
      const copy = copyOf(name, weakened(statesOf(lab).solution, name));
      const those = variants.filter((variant) => weakeningNamed(name).in[variant]);
      const verdict = await runChecks({ labs: [lab], copy, seeds: lab.seeds.first, variants: those, without: name });
      expect(verdict.kind).toBe("broken");
    });
  });
}

/** The variants that a change may touch: the solution is known to pass, so the others need not be run. */
const touched = (from: Tree, to: Tree): readonly string[] =>
  variants.filter((variant) =>
    Object.values(changesBetween(sourceOf(variant, from), sourceOf(variant, to))).some(({ length }) => length > 0),
  );

/** Runs the variants that may fail; where none does, all of them, which may still differ. */
async function ranAlone(options: ChecksOptions, alone: readonly string[]): Promise<Ran> {
  const verdict = await runChecks({ ...options, variants: alone });
  return verdict.kind === "passed" && alone.length < variants.length ? runChecks(options) : verdict;
}

function misconceptionIn(verdict: Verdict) {
  if (verdict.kind === "missing") return verdict.misconception;
  return verdict.kind === "broken" ? verdict.first.broken.misconception : undefined;
}

const weakeningNamed = (name: string) => weakenings.find((each) => each.name === name)!;

/** A tree without a line of defence, as far as that is in the source. */
function weakened(tree: Tree, name: string): Tree {
  const patches = Object.values(weakeningNamed(name).in).flat();
  const files = new Map(tree);
  for (const patch of new Set(patches.filter((each) => "file" in each).map((each) => JSON.stringify(each)))) {
    const { file, find, replace } = JSON.parse(patch) as { file: string; find: string; replace: string };
    const parts = (files.get(file) ?? "").split(find);
    if (parts.length !== 2) throw new Error(`${name}: ${file} has ${parts.length - 1} times instead of once: ${find}`);
    files.set(file, parts.join(replace));
  }
  return files;
}

const textOf = ({ folder }: Lab, name: string): string => readFileSync(join(folder, name), "utf8");

/** Runs the commands of a lab's text as a learner would. @returns those that could not be run, and what they said */
function runAll(lab: Lab, folder: string): string[] {
  for (const left of ["out", "own"]) rmSync(join(folder, left), { recursive: true, force: true });
  writeFileSync(join(folder, "progress.json"), JSON.stringify({ seed, labs: {} }));
  // A bug has one text for both styles. A learner's folder is `lab/` in the texts, and this one here.
  const isTextRun = lab.bug === undefined || lab.bug.style === variants[0];
  const texts = isTextRun ? commandsIn(textOf(lab, "README.md")) : [];
  const words = [
    lab.bug ? ["lab", "bug", lab.bug.number, lab.bug.style] : ["lab", "start", lab.number],
    ["lab", "solve", "--yes"],
    // To watch is to check: that is done for all labs together.
    ...texts
      .filter(([, second]) => second !== undefined)
      .map((all) => all.map((word) => word.replace(/^lab\//, `${folder}/`))),
  ];
  return failing(words, folder);
}

/** Types commands in a learner's folder. @returns those that could not be run, and what they said */
function failing(words: readonly string[][], folder: string): string[] {
  const env = { ...process.env, ORDER_SAGA_LAB: folder, CI: "true" };
  const launcher = join(projectRoot, "scripts/bin/run.mjs");
  return words.flatMap((all) => {
    const { status, stderr } = spawnSync(process.execPath, [launcher, ...all], { env, encoding: "utf8" });
    return status === 0 || status === 1 ? [] : [`${all.join(" ")}: ${status}: ${stderr}`];
  });
}
