import { exit, Failure } from "@ovsc/scripts";
import { learnersCopy } from "../copy/learners-copy.ts";
import { type OwnRun, ownRun } from "../progress/own-run.ts";
import { keep, type Place } from "../progress/progress.ts";
import { checkCopy, checkOf } from "./check-copy.ts";
import type { Answer } from "./check.ts";
import type { Verdict } from "./verdict.ts";

/** What is open in a lab: what the check says, then the first question without the right answer. */
export type Standing =
  | Verdict
  | { readonly kind: "question"; readonly name: string; readonly question: string; readonly given?: string };

/** Checks the learner's copy, and keeps where he is. */
export async function judgePlace(place: Place, seeds: number, signal?: AbortSignal): Promise<Standing> {
  const { lab } = place;
  const verdict = await checkCopy({ lab, copy: learnersCopy, seeds, ...(signal && { signal }) });
  const standing = verdict.kind === "passed" ? ((await openQuestion(place)) ?? verdict) : verdict;
  if (signal?.aborted) return standing;
  const task = taskOf(standing);
  keep(learnersCopy, place, {
    ...(task !== undefined && { stuckAt: task }),
    ...(standing.kind === "passed" && seeds >= lab.seeds.all && { passedAt: new Date().toISOString() }),
  });
  return standing;
}

function taskOf(standing: Standing): string | undefined {
  if (standing.kind === "broken") return standing.first.broken.task;
  return standing.kind === "missing" ? standing.task : undefined;
}

async function openQuestion({ lab, passage }: Place): Promise<Standing | undefined> {
  if (lab.questions.length === 0) return undefined;
  const { answers = {} } = await checkOf(lab);
  for (const { name, question } of lab.questions) {
    const given = passage.answers[name];
    const answerOf = answers[name];
    if (!answerOf) throw new Failure(`${lab.slug} asks ${name} and knows no answer`, { exitCode: exit.unknown });
    if (given === undefined) return { kind: "question", name, question };
    if (!isRight(given, answerOf(run, learnersCopy))) return { kind: "question", name, question, given };
  }
  return undefined;
}

const run = (): OwnRun => ownRun(learnersCopy);

/** @param given in the words of the learner: figures may have a unit, thousands a comma */
export function isRight(given: string, answer: Answer): boolean {
  if (typeof answer !== "object") return normal(given) === normal(String(answer));
  const figure = Number.parseFloat(given.replaceAll(/[,$\s]/g, ""));
  return Math.abs(figure - answer.about) <= answer.within * Math.abs(answer.about);
}

const normal = (answer: string): string =>
  answer
    .trim()
    .toLowerCase()
    .replaceAll(/[\s,]+/g, " ");
