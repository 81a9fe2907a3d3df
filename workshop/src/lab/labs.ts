import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exit, Failure } from "@ovsc/scripts";
import type { Patch } from "../source/patch.ts";
import { type Lab, LabFile } from "./lab.ts";

const folder = fileURLToPath(new URL("../../labs", import.meta.url));

/** Every lab, in the order of the course. */
export const labs: readonly Lab[] = readdirSync(folder)
  .filter((slug) => /^\d\d-/.test(slug))
  .toSorted()
  .map((slug) => {
    const own = join(folder, slug);
    const file = LabFile.parse(JSON.parse(readFileSync(join(own, "lab.json"), "utf8")));
    return { ...file, slug, number: slug.slice(0, 2), folder: own };
  });

/** @param word `2`, `02` or `02-compensation` @throws Failure naming the labs that exist */
export function labNamed(word: string): Lab {
  const lab = labs.find(({ slug, number }) => slug === word || number === word.padStart(2, "0"));
  if (lab) return lab;
  throw new Failure(`there is no lab ${word}: there are ${labs.map(({ number }) => number).join(", ")}`, {
    exitCode: exit.usage,
    next: "pnpm lab list",
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
