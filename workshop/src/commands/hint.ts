import { exit, Failure, print } from "@ovsc/scripts";
import { learnersCopy } from "../copy/learners-copy.ts";
import { hintsOf } from "../lab/hints.ts";
import { keep, placeIn } from "../progress/progress.ts";

/**
 * `lab hint [TASK]`: the next rung of the hints of a task: a nudge, then a pointer, then nearly the code.
 * @returns its exit code
 */
export async function hintCommand(_flags: object, word?: string): Promise<number> {
  const place = placeIn(learnersCopy);
  const { lab, passage } = place;
  const hints = hintsOf(lab);
  const task = word ?? passage.stuckAt ?? lab.tasks[0]?.name ?? "";
  const rungs = hints[task];
  if (!rungs) {
    const next = `pnpm lab hint ${lab.tasks[0]?.name ?? ""}`;
    const names = Object.keys(hints).join(", ");
    throw new Failure(`${lab.slug} has no task ${task}: there are ${names}`, { exitCode: exit.usage, next });
  }
  const shown = Math.min(rungs.length, 1 + (passage.hints[task] ?? 0));
  keep(learnersCopy, place, { hints: { ...passage.hints, [task]: shown } });
  const next = shown < rungs.length ? "pnpm lab, or pnpm lab hint for more" : "pnpm lab, or pnpm lab solve";
  print(`${task}, hint ${shown} of ${rungs.length}\n${rungs[shown - 1]}\nnext: ${next}\n`);
  return exit.valid;
}
