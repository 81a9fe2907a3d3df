import { exit, print } from "@ovsc/scripts";
import { learnersCopy } from "../copy/learners-copy.ts";
import { labs } from "../lab/labs.ts";
import { readProgress } from "../progress/progress.ts";

/** `lab list`: every lab, its minutes, and how far the learner is. @returns its exit code */
export async function listCommand({ json }: { readonly json?: true }): Promise<number> {
  const { current, labs: passages } = readProgress(learnersCopy);
  const rows = labs.map(({ slug, number, title, minutes }) => {
    const { startedAt, passedAt } = passages[slug] ?? {};
    const state = passedAt ? "passed" : startedAt ? "begun" : "open";
    return { number, title, minutes, state, current: slug === current };
  });
  if (json) print(`${JSON.stringify({ labs: rows }, null, 2)}\n`);
  else {
    for (const { number, title, minutes, state, current: here } of rows)
      print(`${here ? ">" : " "} ${number} ${title.padEnd(40)} ${String(minutes).padStart(3)} min  ${state}\n`);
    print(`next: pnpm lab${current === undefined ? " start 0" : ""}\n`);
  }
  return exit.valid;
}
