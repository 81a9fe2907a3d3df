import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exit, Failure } from "@ovsc/scripts";
import type { Patch } from "../source/patch.ts";
import { variants } from "../source/tree.ts";
import { type Lab, LabFile } from "./lab.ts";

const here = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const fileOf = (folder: string): LabFile => LabFile.parse(JSON.parse(readFileSync(join(folder, "lab.json"), "utf8")));
const foldersIn = (folder: string, name: RegExp): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((each) => name.test(each))
        .toSorted()
    : [];

/** Every lab, in the order of the course. */
export const labs: readonly Lab[] = foldersIn(here("labs"), /^\d\d-/).map((slug) => {
  const folder = join(here("labs"), slug);
  return { ...fileOf(folder), slug, number: slug.slice(0, 2), folder, patch: "solution.patch" };
});

/** Every planted bug, once for each style: the same mistake in both. */
export const bugs: readonly Lab[] = foldersIn(here("bugs"), /^\d-/).flatMap((name) => {
  const folder = join(here("bugs"), name);
  return variants.map((style) => ({
    ...fileOf(folder),
    slug: `bug-${name}-${style}`,
    number: `bug ${name[0]} (${style})`,
    folder,
    patch: `${style}.patch`,
    bug: { number: name[0]!, style },
  }));
});

/** @param word `2`, `02` or `02-compensation` @throws Failure naming the labs that exist */
export function labNamed(word: string): Lab {
  const lab = [...labs, ...bugs].find(({ slug, number }) => slug === word || number === word.padStart(2, "0"));
  if (lab) return lab;
  throw new Failure(`there is no lab ${word}: there are ${labs.map(({ number }) => number).join(", ")}`, {
    exitCode: exit.usage,
    next: "pnpm lab list",
  });
}

/** @param style of the two; the first if not given @throws Failure naming the bugs that there are */
export function bugNamed(word: string, style: string = variants[0]): Lab {
  const lab = bugs.find(({ bug }) => bug?.number === word && bug.style === style);
  if (lab) return lab;
  const names = [...new Set(bugs.map(({ bug }) => bug?.number))].join(", ");
  const there = `${names}, in the ${variants.join(" and the ")}`;
  throw new Failure(`there is no bug ${word} in the ${style}: there are ${there}`, {
    exitCode: exit.usage,
    next: "pnpm lab bug 1",
  });
}

/** A text or patch in the folder of a lab; nothing where it has none. */
export function patchIn(lab: Lab, name: string): Patch | undefined {
  const file = join(lab.folder, name);
  return existsSync(file) ? { file: `${lab.slug}/${name}`, text: readFileSync(file, "utf8") } : undefined;
}

/** The names of the wrong answers that a lab knows. */
export function wrongAnswers(lab: Lab): string[] {
  const own = join(lab.folder, "wrong");
  return existsSync(own) ? readdirSync(own).map((file) => file.replace(/\.patch$/, "")) : [];
}
