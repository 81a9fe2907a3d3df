import { spawn } from "node:child_process";
import { join } from "node:path";
import { exit } from "@ovsc/scripts";
import { learnersCopy } from "../copy/learners-copy.ts";
import { onCopy } from "../copy/preload.ts";
import { projectRoot } from "../lab/states.ts";
import { keepFirstRun, keepOwnRun } from "../progress/own-run.ts";
import { placeIn } from "../progress/progress.ts";

const launcher = join(projectRoot, "scripts/bin/run.mjs");

/**
 * `lab run COMMAND…`: a command of the project on the learner's copy. Its files go to the copy's `out/`. Orders that
 * are drawn are the learner's own, unless a seed is given.
 * @returns the exit code of the command
 */
export function runCommand(_flags: object, ...words: string[]): Promise<number> {
  const { lab, progress } = placeIn(learnersCopy);
  const isCompared = words[0] === "compare";
  const isDrawn = isCompared && words.includes("--orders") && !words.includes("--seed");
  const all = isDrawn ? [...words, "--seed", String(progress.seed)] : words;
  const { env, execArgv } = onCopy(learnersCopy);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...execArgv, launcher, ...all], { env, stdio: "inherit" });
    child.on("error", () => resolve(exit.environment));
    child.on("close", (code) => {
      const isThrough = code === exit.valid || code === exit.invalid;
      if (isCompared && isThrough) keepFirstRun(learnersCopy, lab);
      if (isDrawn && isThrough) keepOwnRun(learnersCopy);
      resolve(code ?? exit.unknown);
    });
  });
}
