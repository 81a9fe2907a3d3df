import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exit } from "@ovsc/scripts";
import { checkOf } from "../check/check-copy.ts";
import { rightAnswer } from "../check/judge-place.ts";
import { runCheck } from "../check/run-check.ts";
import { commandsIn } from "../lab/commands-in.ts";
import type { Lab } from "../lab/lab.ts";
import { statesOf } from "../lab/states.ts";
import type { Learner } from "./learner.ts";

/**
 * Goes through a lab by its text alone: every command in its order, predictions and answers where it asks for them, and
 * the reference change saved where it says `pnpm lab`.
 * @throws Failure for a command that does not end as it should
 */
export async function walkLab(lab: Lab, learner: Learner): Promise<void> {
  learner.type(lab.bug ? ["lab", "bug", lab.bug.number, lab.bug.style] : ["lab", "start", lab.number]);
  for (const words of commandsIn(readFileSync(join(lab.folder, "README.md"), "utf8"))) {
    const [, second] = words;
    if (second === undefined) {
      if (lab.bug) await answer(lab, learner);
      learner.type(["lab", "hint"]);
      await learner.watch(() => save(lab, learner.folder));
    } else {
      learner.type(words, second === "check" ? [exit.valid] : undefined);
      for (const { name } of second === "predict" ? lab.predict : [])
        learner.type(["lab", "predict", name, "I", "am", "not", "sure"]);
      if (second === "answer") await answer(lab, learner);
    }
  }
}

/** Each question, by the learner's own run. */
async function answer(lab: Lab, learner: Learner): Promise<void> {
  const copy = learner.folder;
  const check = await checkOf(lab);
  const lived = check.shows && (await runCheck({ lab, copy, seeds: 0 }));
  const shown = lived?.kind === "passed" ? lived.shown : {};
  for (const { name } of lab.questions) {
    const right = rightAnswer({ lab, check, name, copy, shown });
    learner.type(["lab", "answer", name, String(typeof right === "object" ? right.about : right)]);
  }
}

/** As an editor does: the files that are changed, and no other. */
function save(lab: Lab, folder: string): void {
  const { start, solution } = statesOf(lab);
  for (const file of new Set([...start.keys(), ...solution.keys()])) {
    const text = solution.get(file);
    if (text === start.get(file)) continue;
    if (text === undefined) rmSync(join(folder, file));
    else writeFileSync(join(folder, file), text);
  }
}
