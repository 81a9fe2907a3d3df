import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkOf } from "../src/check/check-copy.ts";
import { commandsIn } from "../src/lab/commands-in.ts";
import { hintsOf, rungs } from "../src/lab/hints.ts";
import type { Lab } from "../src/lab/lab.ts";
import { bugs, labs, patchIn, wrongAnswers } from "../src/lab/labs.ts";
import { statesOf, wrongTree } from "../src/lab/states.ts";
import { difference, footprint } from "../src/source/patch.ts";

const textOf = ({ folder }: Lab, name: string): string => readFileSync(join(folder, name), "utf8");
const root = new URL("../..", import.meta.url);
const known = (folder: string, word: string): boolean => existsSync(new URL(`${folder}/${word}.ts`, root));

describe("the labs", () => {
  test("are there, in the order of the course, each with a number of its own", () => {
    expect(labs.length).toBeGreaterThan(0);
    expect(new Set(labs.map(({ number }) => number)).size).toBe(labs.length);
  });

  test.each(labs)("$slug takes the minutes that its parts add up to", (lab) => {
    const parts = [...textOf(lab, "README.md").matchAll(/^## .* \((\d+) min\)$/gm)];
    expect(parts.map(([, minutes]) => Number(minutes)).reduce((sum, each) => sum + each, 0)).toBe(lab.minutes);
  });

  test.each(labs)(
    "$slug is predicted, run, investigated, changed, broken again, and says what it is not about",
    (lab) => {
      const headings = [...textOf(lab, "README.md").matchAll(/^## ([A-Z][a-z ]+?)(?: \(|$)/gm)].map(([, word]) => word);
      expect(headings.slice(0, 5)).toEqual(["Predict", "Run", "Investigate", "Change", "Break again"]);
      expect(headings.at(-1)).toBe("Not about");
    },
  );

  test.each(labs)("$slug has for each task a nudge, a pointer, and nearly the code", (lab) => {
    const hints = hintsOf(lab);
    expect(Object.keys(hints)).toEqual(lab.tasks.map(({ name }) => name));
    for (const [task, lines] of Object.entries(hints)) {
      expect(lines, task).toHaveLength(rungs);
      expect(
        lines.filter((line) => line.length < 20),
        task,
      ).toEqual([]);
    }
  });

  test.each(labs)("$slug tells each wrong answer that it knows by its name, and knows no other", async (lab) => {
    const { claims, looks = [], ...check } = await checkOf(lab);
    const misconceptions = [...check.misconceptions, ...looks.flatMap((look) => look.misconceptions ?? [])];
    expect(misconceptions.map(({ name }) => name).toSorted()).toEqual(wrongAnswers(lab).toSorted());
    const tasks = [...claims, ...looks].map(({ task }) => task);
    expect(tasks.filter((task) => !lab.tasks.some(({ name }) => name === task))).toEqual([]);
    for (const { name } of misconceptions) expect(textOf(lab, "instructor.md"), name).toContain(name);
  });

  test.each(labs)(
    "$slug has patches that fit the project, and a change of thirty lines in three files a side",
    (lab) => {
      const { start, solution } = statesOf(lab);
      const change = difference(start, solution);
      for (const [side, { files, lines }] of Object.entries(footprint(change))) {
        expect(files, side).toBeLessThanOrEqual(3);
        expect(lines, side).toBeLessThanOrEqual(30);
      }
      const changed = [...solution.keys()].filter((file) => solution.get(file) !== start.get(file));
      expect(changed.toSorted()).toEqual(lab.edits.toSorted());
      expect(patchIn(lab, "solution.patch") === undefined).toBe(lab.edits.length === 0);
      for (const name of wrongAnswers(lab)) expect(wrongTree(lab, name), name).not.toEqual(solution);
    },
  );

  test.each(bugs)("$slug has a patch that fits the project", (bug) => {
    const { start, solution } = statesOf(bug);
    expect(start).not.toEqual(solution);
  });

  test.each(labs)("$slug says of each prediction what became of it", async (lab) => {
    const { truths = {} } = await checkOf(lab);
    expect(Object.keys(truths)).toEqual(lab.predict.map(({ name }) => name));
  });

  test.each(labs)("$slug has nothing in its text but commands that there are", (lab) => {
    for (const [word = "", second = "list", third = "list"] of commandsIn(textOf(lab, "README.md"))) {
      const isKnown = word === "lab" ? second !== "run" || known("scripts/src/usage", third) : false;
      expect(isKnown, [word, second, third].join(" ")).toBe(true);
    }
  });

  test.each(labs)(
    "$slug tells an instructor the minutes, two questions to ask, the screen, and what to skip",
    (lab) => {
      const text = textOf(lab, "instructor.md");
      const minutes = [...text.matchAll(/^\| (\d+) \|/gm)].map(([, minute]) => Number(minute));
      expect(minutes.length).toBeGreaterThanOrEqual(3);
      expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
      expect(minutes.at(-1)).toBeLessThanOrEqual(lab.minutes);
      expect(text).toMatch(/\*\*Ask aloud\*\*\n1\. .+\n2\. .+/);
      expect(text).toContain("**On the screen**");
      expect(text).toContain("**If late, skip**");
    },
  );
});
