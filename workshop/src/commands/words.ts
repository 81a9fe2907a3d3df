import { exit, Failure, print } from "@ovsc/scripts";
import { learnersCopy } from "../copy/learners-copy.ts";
import { keep, placeIn } from "../progress/progress.ts";

/** `lab predict [NAME WORDS…]`: keeps a prediction, which is shown back and never graded. @returns its exit code */
export const predictCommand = (_flags: object, name?: string, ...words: string[]): Promise<number> =>
  note("predict", name, words);

/** `lab answer [NAME WORDS…]`: keeps an answer, which the check holds against the learner's own run. */
export const answerCommand = (_flags: object, name?: string, ...words: string[]): Promise<number> =>
  note("answer", name, words);

const kinds = {
  predict: { asked: "predict", kept: "predictions", after: "pnpm lab" },
  answer: { asked: "questions", kept: "answers", after: "pnpm lab check" },
} as const;

async function note(kind: keyof typeof kinds, name: string | undefined, words: readonly string[]): Promise<number> {
  const { asked, kept, after } = kinds[kind];
  const place = placeIn(learnersCopy);
  const questions = place.lab[asked];
  const before = place.passage[kept];
  if (name !== undefined) {
    if (!questions.some((each) => each.name === name) || words.length === 0) {
      const names = questions.map((each) => each.name).join(", ") || "none";
      throw new Failure(`${place.lab.slug} asks: ${names}`, {
        exitCode: exit.usage,
        next: `pnpm lab ${kind} ${questions[0]?.name ?? ""} …`,
      });
    }
    keep(learnersCopy, place, { [kept]: { ...before, [name]: words.join(" ") } });
  }
  const known = name === undefined ? before : { ...before, [name]: words.join(" ") };
  for (const { name: each, question } of questions) print(`${each}: ${question}\n   ${known[each] ?? "…"}\n`);
  const open = questions.find((each) => known[each.name] === undefined);
  print(`next: ${open ? `pnpm lab ${kind} ${open.name} …` : after}\n`);
  return exit.valid;
}
